/**
 * An environment in which a Neo4j that lives for a test run takes the least of the processor. Nearly all that it does is
 * to plan statements that it has not met before, and the compiler of code that has long been hot takes more than it gives
 * back in these minutes; nor is there a second processor to spare for collecting garbage meanwhile.
 */
export function briefJava(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const given = env['JDK_JAVA_OPTIONS'];
  return { ...env, JDK_JAVA_OPTIONS: [given, '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'].filter(Boolean).join(' ') };
}
