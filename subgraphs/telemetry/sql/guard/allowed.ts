// Names that a statement may use besides views and columns.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Functions of pg_catalog. None reads anything but its arguments, writes, waits or makes much of little. */
export const FUNCTIONS = words(`
  count sum avg min max bool_and bool_or every any_value string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg
  stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop covar_samp bit_and bit_or
  regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
  percentile_cont percentile_disc mode
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  abs ceil ceiling floor round trunc sqrt cbrt power pow exp ln log log10 sign mod div width_bucket
  degrees radians pi sin cos tan asin acos atan atan2
  length char_length character_length octet_length lower upper initcap left right substr substring position strpos replace trim
  btrim ltrim rtrim split_part concat concat_ws reverse starts_with translate to_char to_number lpad rpad repeat ascii chr overlay md5
  regexp_replace regexp_match regexp_matches regexp_count regexp_like regexp_substr regexp_split_to_array regexp_split_to_table
  string_to_array string_to_table array_to_string like_escape similar_to_escape
  now date_trunc date_part date_bin extract age to_timestamp to_date make_date make_time make_timestamp make_timestamptz
  make_interval justify_days justify_hours justify_interval timezone isfinite overlaps clock_timestamp statement_timestamp
  transaction_timestamp
  json_build_object jsonb_build_object json_build_array jsonb_build_array json_object jsonb_object to_json to_jsonb row_to_json
  array_to_json json_array_elements jsonb_array_elements json_array_elements_text jsonb_array_elements_text json_each jsonb_each
  json_each_text jsonb_each_text json_object_keys jsonb_object_keys json_array_length jsonb_array_length json_typeof jsonb_typeof
  json_extract_path json_extract_path_text jsonb_extract_path jsonb_extract_path_text jsonb_pretty json_strip_nulls
  jsonb_strip_nulls jsonb_set
  unnest array_length array_lower array_upper array_ndims cardinality array_position array_positions array_append array_prepend
  array_cat array_remove array_replace
  num_nulls num_nonnulls generate_series`)

/** Functions that return rows, which are allowed only in FROM, where their rows can be bounded. */
export const ONLY_IN_FROM = words('generate_series')

/** By function, the position of the argument that says how long a text is made, and so must be a small constant. */
export const LENGTH_ARGUMENT: Readonly<Record<string, number>> = { repeat: 1, lpad: 1, rpad: 1 }
export const MAX_LENGTH_ARGUMENT = 1_000

/** The most rows of one generate_series. */
export const MAX_SERIES = 10_000

export const OPERATORS = words(`
  = <> != < > <= >= + - * / % ^ || & | # << >> ~ ~* !~ !~* ~~ ~~* !~~ !~~* @> <@ && -> ->> #> #>> ? ?| ?& @ -|-`)

/** How an expression may be written whose name is a word: BETWEEN and the like. */
export const WORD_OPERATORS = words('BETWEEN SYMMETRIC NOT')

export const TYPES = words(`
  bool boolean int2 int4 int8 smallint int integer bigint float4 float8 real numeric decimal text varchar bpchar date time timetz
  timestamp timestamptz interval json jsonb`)

/** Values that SQL has words for: moments only, not names of roles or schemas. */
export const VALUES = words(`
  SVFOP_CURRENT_DATE SVFOP_CURRENT_TIME SVFOP_CURRENT_TIME_N SVFOP_CURRENT_TIMESTAMP SVFOP_CURRENT_TIMESTAMP_N SVFOP_LOCALTIME
  SVFOP_LOCALTIME_N SVFOP_LOCALTIMESTAMP SVFOP_LOCALTIMESTAMP_N`)
