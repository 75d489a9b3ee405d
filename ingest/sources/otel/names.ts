// Names of OpenTelemetry's conventions for generative AI. All of them are still "Development": they stand here alone.

export const OPERATION = 'gen_ai.operation.name'
export const EXECUTE_TOOL = 'execute_tool'
export const INVOKE_AGENT = 'invoke_agent'
export const TOOL_NAME = 'gen_ai.tool.name'
export const TOOL_CALL_ID = 'gen_ai.tool.call.id'
export const TOOL_ARGUMENTS = 'gen_ai.tool.call.arguments'
export const TOOL_RESULT = 'gen_ai.tool.call.result'
export const CONVERSATION_ID = 'gen_ai.conversation.id'
export const AGENT_NAME = 'gen_ai.agent.name'
export const INPUT_TOKENS = 'gen_ai.usage.input_tokens'
export const OUTPUT_TOKENS = 'gen_ai.usage.output_tokens'
export const ERROR_TYPE = 'error.type'
export const USER_ID = 'enduser.id'
/** Ours: how the assistant works, such as `god`. */
export const MODE = 'overlord.mode'

/** Where the path of an exporter's base address ends. */
export const TRACES_PATH = '/v1/traces'
/** The status of a span that failed. */
export const STATUS_ERROR = 2
