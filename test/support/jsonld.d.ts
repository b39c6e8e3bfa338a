/** The part of jsonld.js that tests use: it comes without types. */
declare module 'jsonld' {
  const jsonld: { expand(document: object): Promise<unknown[]> };
  export default jsonld;
}
