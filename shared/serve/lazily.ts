/** What makers make, each made when it is first asked for: an operation seldom needs every loader there is. */
export function lazily<T extends object>(makers: { readonly [K in keyof T]: () => T[K] }): T {
  return new Proxy({} as T, {
    get(made, name) {
      const key = name as keyof T
      if (!(key in made) && Object.hasOwn(makers, key)) made[key] = makers[key]()
      return made[key]
    },
  })
}
