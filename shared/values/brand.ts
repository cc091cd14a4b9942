declare const brand: unique symbol;

/** A value that went through its parser: the type cannot be made any other way. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };
