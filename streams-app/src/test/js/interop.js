// Reads impressions and alerts, and writes evaluation events, with Confluent's own JavaScript client.
// Usage: node interop.js BOOTSTRAP_SERVERS SCHEMA_REGISTRY_URL produce PROJECT EXPERIMENT COUNT [MINUTES_AGO]
//        node interop.js BOOTSTRAP_SERVERS SCHEMA_REGISTRY_URL consume TOPIC...
const { Kafka, logLevel } = require('kafkajs');
const { SchemaRegistryClient, SerdeType, AvroSerializer, AvroDeserializer } = require('@confluentinc/schemaregistry');

const [brokers, registryUrl, command, ...rest] = process.argv.slice(2);
const kafka = new Kafka({ clientId: 'interop', brokers: brokers.split(','), logLevel: logLevel.ERROR });
const registry = new SchemaRegistryClient({ baseURLs: [registryUrl], createConnectorDefaults: { timeout: 5000 } });

async function produce(project, experiment, count, minutesAgo) {
  const topic = 'afterglow.evaluations';
  const serializer = new AvroSerializer(registry, SerdeType.VALUE, { useLatestVersion: true });
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  const run = Date.now();
  for (let i = 0; i < count; i++) {
    const event = {
      id: `js-${run}-${i}`, project, environment: 'production', experiment,
      variant: i % 2 ? 'treatment' : 'control', unit: `unit-${i}`, occurredAt: run - minutesAgo * 60000, count: 1,
      source: null, run: null, pageView: null, session: null,
      overheadMicros: null, overheadBytes: null, backfill: false, userAgent: null,
    };
    await producer.send({ topic, messages: [{ key: event.unit, value: await serializer.serialize(topic, event) }] });
  }
  await producer.disconnect();
  console.log(`${count} events sent`);
}

async function consume(topics) {
  const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});
  const consumer = kafka.consumer({ groupId: `interop-${Date.now()}`, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  const seen = Object.fromEntries(topics.map((topic) => [topic, 0]));
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const value = await deserializer.deserialize(topic, message.value);
      if (++seen[topic] <= 2) {
        const headers = Object.fromEntries(Object.entries(message.headers).map(([k, v]) => [k, v.toString()]));
        console.log(topic, message.key.toString(), JSON.stringify(headers), JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? Number(v) : v)));
      }
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 8000));
  await consumer.disconnect();
  console.log(JSON.stringify(seen));
  if (Object.values(seen).includes(0)) {
    throw new Error('nothing was read from some topic');
  }
}

const work = command === 'produce' ? produce(rest[0], rest[1], Number(rest[2]), Number(rest[3] || 0)) : consume(rest);
work.then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
