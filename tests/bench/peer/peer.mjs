// The same work on Node: `node peer.mjs gateway|proposals|members|office|notifications AMQP MONGO PORT`.
//
// A page of 20 proposals with their proposers, and a small durable write with its event, its to-do
// and its message. Mercurius with its JIT, amqplib, the mongodb driver; one process for each role,
// calls by direct reply-to, the event confirmed on a quorum queue, acked after its effects. No
// tokens, permissions, audit, outbox, replay or logs: it is what the work costs by itself.
import { randomUUID } from 'node:crypto'
import amqplib from 'amqplib'
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { MongoClient } from 'mongodb'

const [role, amqpUri, mongoUri, port] = process.argv.slice(2)
const REPLY_TO = 'amq.rabbitmq.reply-to'
const EVENTS = 'peer.events'
const DURABLE = { writeConcern: { w: 'majority', j: true } }
const json = (value) => Buffer.from(JSON.stringify(value))

const schema = `
  enum Order { FILED }
  type Member { name: String! memberNo: String! }
  type Proposal {
    id: ID! title: String! state: String! caseNo: String filedAt: String firstProposer: Member!
  }
  type Edge { node: Proposal! }
  type Page { edges: [Edge!]! }
  type Affair { id: ID! state: String! }
  type Raised { affair: Affair }
  input RaiseAffairInput { kind: String! title: String! content: String! commandId: ID! }
  type Query { proposals(first: Int!, orderBy: Order): Page! }
  type Mutation { raiseAffair(input: RaiseAffairInput!): Raised! }
`

async function gateway () {
  const channel = await (await amqplib.connect(amqpUri, { noDelay: true })).createChannel()
  const waiting = new Map()
  await channel.consume(REPLY_TO, (message) => {
    const answer = waiting.get(message.properties.correlationId)
    waiting.delete(message.properties.correlationId)
    answer(JSON.parse(message.content))
  }, { noAck: true })
  const call = (queue, args) => new Promise((resolve) => {
    const correlationId = randomUUID()
    waiting.set(correlationId, resolve)
    channel.sendToQueue(queue, json(args), { correlationId, replyTo: REPLY_TO, expiration: 3000 })
  })
  const resolvers = {
    Query: {
      proposals: async (_root, { first }) => {
        const rows = await call('peer-proposals', { first })
        return { edges: rows.map((node) => ({ node: { ...node, id: node._id } })) }
      }
    },
    Mutation: {
      raiseAffair: async (_root, { input }) => ({ affair: await call('peer-office', input) })
    },
    Proposal: { caseNo: (row) => row.case_no, filedAt: (row) => row.filed_at },
    Member: { memberNo: (row) => row.member_no }
  }
  const loaders = {
    Proposal: {
      async firstProposer (queries) {
        const ids = queries.map(({ obj }) => obj.first_proposer)
        const rows = await call('peer-members', { ids: [...new Set(ids)] })
        const found = new Map(rows.map((row) => [row._id, row]))
        return ids.map((id) => found.get(id))
      }
    }
  }
  const app = Fastify()
  await app.register(mercurius, { schema, resolvers, loaders, jit: 1 })
  await app.listen({ port: Number(port), host: '127.0.0.1' })
}

async function serve (queue, answer) {
  const channel = await (await amqplib.connect(amqpUri, { noDelay: true })).createChannel()
  await channel.assertQueue(queue, { autoDelete: true })
  await channel.prefetch(64)
  await channel.consume(queue, async (message) => {
    const result = await answer(JSON.parse(message.content))
    const { replyTo, correlationId } = message.properties
    channel.sendToQueue(replyTo, json(result), { correlationId })
    channel.ack(message)
  })
}

async function proposals (mongo) {
  const rows = mongo.db('proposals').collection('proposals')
  const fields = ['title', 'state', 'case_no', 'filed_at', 'first_proposer']
  const projection = Object.fromEntries(fields.map((name) => [name, 1]))
  await serve('peer-proposals', ({ first }) => rows
    .find({ state: 'FILED' }, { projection })
    .sort({ filed_at: -1, _id: 1 }).limit(first).toArray())
}

async function members (mongo) {
  const rows = mongo.db('members').collection('members')
  const projection = { name: 1, member_no: 1 }
  await serve('peer-members', ({ ids }) => rows.find({ _id: { $in: ids } }, { projection }).toArray())
}

async function office (mongo) {
  const affairs = mongo.db('peer').collection('affairs')
  const channel = await (await amqplib.connect(amqpUri, { noDelay: true })).createConfirmChannel()
  await channel.assertExchange(EVENTS, 'topic', { durable: true })
  await serve('peer-office', async ({ commandId, ...asked }) => {
    const affair = { _id: randomUUID(), ...asked, state: 'RAISED', commands: [commandId], at: new Date() }
    await affairs.insertOne(affair, DURABLE)
    const event = { id: randomUUID(), type: 'affair_raised', subject: affair._id, data: asked }
    await new Promise((resolve, reject) => channel.publish(EVENTS, 'affair_raised', json(event),
      { persistent: true }, (error) => error ? reject(error) : resolve()))
    return { id: affair._id, state: affair.state }
  })
}

async function notifications (mongo) {
  const db = mongo.db('peer')
  const channel = await (await amqplib.connect(amqpUri, { noDelay: true })).createChannel()
  const queue = 'peer-notifications'
  await channel.assertExchange(EVENTS, 'topic', { durable: true })
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
  await channel.bindQueue(queue, EVENTS, 'affair_raised')
  await channel.prefetch(64)
  const once = (collection, _id, row) => db.collection(collection)
    .updateOne({ _id }, { $setOnInsert: row }, { upsert: true, ...DURABLE })
  await channel.consume(queue, async (message) => {
    const { subject, data } = JSON.parse(message.content)
    await once('messages', `affair_raised:${subject}`, { title: data.title, at: new Date() })
    await once('todos', `AFFAIR:${subject}`, { subject, open: true, at: new Date() })
    channel.ack(message)
  })
}

const roles = { gateway, proposals, members, office, notifications }
await roles[role](role === 'gateway' ? null : await new MongoClient(mongoUri).connect())
console.log('ready')
