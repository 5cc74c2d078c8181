// Rows that are made of one row have its time and place: where rows are put in order they go by their
// columns, the element's number first, for any readers behind it (event-time rules, 9).
#include <fmt/format.h>

#include "tests/engine/given_rows.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Two rows, whose elements are in another order than their texts would be; then `nodes`, of which none reads
/// the number, and the table “result”. The select gives only columns that are read.
Pipeline flattened(std::vector<Node> nodes) {
    Pipeline made;
    made.nodes = {node("orders", "rows",
                       {{"columns", {"k STRING", "items STRING", "ts TIMESTAMP(3)"}},
                        {"rows",
                         {{"x", R"(["b","c","a"])", "2024-03-01 12:00:00"},
                          {"y", R"(["f","d","e"])", "2024-03-01 12:00:00"}}},
                        {"event_time", "ts"},
                        {"watermark_delay", "1s"}}),
                  node("items", "flatten", {{"column", "items"}, {"columns", {"e STRING"}}}),
                  node("columns", "select", {{"columns", {"k", "ts", "index", "e"}}})};
    for (Node& each : nodes) made.nodes.push_back(std::move(each));
    made.nodes.push_back(node("result", "table_view"));
    for (std::size_t i = 1; i < made.nodes.size(); ++i)
        made.wires.push_back(wire(made.nodes[i - 1].id.c_str(), made.nodes[i].id.c_str()));
    return made;
}

void expectRows(const char* what, std::vector<Node> nodes, const std::vector<std::string>& expected) {
    const Pipeline pipeline = flattened(std::move(nodes));
    for (const int parallelism : {1, 2}) {
        for (const std::size_t batchRows : {std::size_t{1}, std::size_t{4096}}) {
            RunOptions options;
            options.batchRows = batchRows;
            const auto run = runToEnd(planOf(pipeline, parallelism), options);
            const std::vector<std::string> found =
                run ? tableLines(*run, "result") : std::vector<std::string>{};
            const std::string shown = fmt::format("{}: {}", what, fmt::join(found, "; "));
            expect(found == expected, shown.c_str());
        }
    }
}

}  // namespace

int main() {
    const Json list = Json::array({"LISTAGG(e) AS list"}), texts = {{"columns", {"k", "e"}}};
    expectRows(
        "sort",
        {node("sorted", "sort"), node("lists", "group_aggregate", {{"keys", {"k"}}, {"aggregates", list}})},
        {"k=x, list=b,c,a", "k=y, list=f,d,e"});
    expectRows("the first", {node("first", "deduplicate", {{"keys", {"k"}}}), node("texts", "select", texts)},
               {"k=x, e=b", "k=y, e=f"});
    expectRows(
        "the last",
        {node("last", "deduplicate", {{"keys", {"k"}}, {"keep", "last"}}), node("texts", "select", texts)},
        {"k=x, e=a", "k=y, e=e"});
    expectRows("the best",
               {node("best", "top_n", {{"by", {"k"}}, {"limit", 1}, {"partition_by", {"k"}}}),
                node("texts", "select", {{"columns", {"k", "rank", "e"}}})},
               {"k=x, rank=1, e=b", "k=y, rank=1, e=f"});
    expectRows("so far",
               {node("over", "over_aggregate",
                     {{"partition_by", {"k"}}, {"frame", "ROWS UNBOUNDED PRECEDING"}, {"aggregates", list}}),
                node("texts", "select", {{"columns", {"list"}}})},
               {"list=b", "list=b,c", "list=b,c,a", "list=f", "list=f,d", "list=f,d,e"});
    return summary();
}
