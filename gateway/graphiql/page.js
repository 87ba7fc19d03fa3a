// The page shown at /graphql in development.
const defaultQuery = `# 智慧政协 GraphQL 接口。The GraphQL interface of Smart CPPCC.
# 登录后，在下方 Headers 中填写令牌。After signing in, give the token under Headers:
#   {"Authorization": "Bearer …"}

{
  __typename
}
`;

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    defaultQuery,
    defaultEditorToolsVisibility: 'headers',
  }),
);
