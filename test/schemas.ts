import * as z from 'zod'

export type FieldSchema = { name: string; path: readonly string[]; schema: z.ZodType }

/** The layers around a schema taken off: nullable, optional, default. */
export function inside(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? inside(schema.unwrap() as z.ZodType)
    : schema
}

/** Every field of an object schema, and of objects, lists and records inside it. */
export function fieldsOf(schema: z.ZodType, path: readonly string[] = []): FieldSchema[] {
  const bare = inside(schema)
  if (bare instanceof z.ZodObject)
    return Object.entries(bare.shape as Record<string, z.ZodType>).flatMap(([name, field]) => [
      { name, path: [...path, name], schema: field },
      ...fieldsOf(field, [...path, name]),
    ])
  if (bare instanceof z.ZodArray) return fieldsOf(bare.element as z.ZodType, [...path, '0'])
  if (bare instanceof z.ZodRecord) {
    const [key = ''] = bare.keyType instanceof z.ZodEnum ? bare.keyType.options.map(String) : ['key']
    return fieldsOf(bare.valueType as z.ZodType, [...path, key])
  }
  if (bare instanceof z.ZodUnion) return bare.options.flatMap((one) => fieldsOf(one as z.ZodType, path))
  return []
}

/** What a field says of itself on any of the layers around it. */
export function metaOf(schema: z.ZodType): Record<string, unknown> {
  const within =
    schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
      ? metaOf(schema.unwrap() as z.ZodType)
      : {}
  return { ...within, ...schema.meta() }
}

/** The fields somebody types words into: class C2 and text. */
export function typedFields(schema: z.ZodType): FieldSchema[] {
  return fieldsOf(schema).filter((field) => metaOf(field.schema).class === 'C2')
}

/** Every field that stands in a value, with the way to it: of records the keys, and of lists the places, that are there. */
export function fieldsIn(schema: z.ZodType, value: unknown, path: readonly string[] = []): FieldSchema[] {
  const bare = inside(schema)
  if (value === null || typeof value !== 'object') return []
  const at = (name: string, field: z.ZodType) => {
    const here = { name, path: [...path, name], schema: field }
    return [here, ...fieldsIn(field, (value as Record<string, unknown>)[name], here.path)]
  }
  if (bare instanceof z.ZodObject)
    return Object.entries(bare.shape as Record<string, z.ZodType>).flatMap(([name, field]) =>
      name in value ? at(name, field) : [],
    )
  if (bare instanceof z.ZodArray) return Object.keys(value).flatMap((name) => at(name, bare.element as z.ZodType))
  if (bare instanceof z.ZodRecord) return Object.keys(value).flatMap((name) => at(name, bare.valueType as z.ZodType))
  return []
}
