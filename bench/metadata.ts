// `@peculiar/x509` loads tsyringe, which refuses to load where decorators' metadata cannot be kept. It keeps none for
// the classes that read certificates, so that a place to ask is enough. Import this file before it.
Object.assign(Reflect, {
  getMetadata: () => undefined,
  getOwnMetadata: () => undefined,
  defineMetadata: () => undefined,
});
