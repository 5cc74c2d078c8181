#include "app/cli/compare_report.h"

#include <algorithm>

namespace rw::cli {

namespace {

template <class List>
std::size_t shownOf(const List& list, std::size_t rows) {
    return std::min(list.size(), rows);
}

Json rowJson(const CompareRow& row) {
    Json out = Json::array();
    for (const CompareCell& cell : row) out.push_back(cell ? Json(*cell) : Json());
    return out;
}

Json onlyJson(const std::vector<CompareRow>& only, std::size_t rows) {
    Json first = Json::array();
    for (std::size_t i = 0; i < shownOf(only, rows); ++i) first.push_back(rowJson(only[i]));
    return {{"count", only.size()}, {"rows", std::move(first)}};
}

Json nodeJson(const ComparedNode& node, std::size_t rows) {
    const RowDifference& difference = node.difference;
    Json columns = Json::array(), pairs = Json::array(), causes = Json::array();
    for (const Field& field : node.schema->fields) columns.push_back(field.name);
    for (std::size_t i = 0; i < shownOf(difference.different, rows); ++i)
        pairs.push_back(
            {{"a", rowJson(difference.different[i].first)}, {"b", rowJson(difference.different[i].second)}});
    for (const Cause& cause : node.causes)
        causes.push_back({{"cause", causeName(cause.kind)},
                          {"rows", cause.rows > 0 ? Json(cause.rows) : Json()},
                          {"evidence", english(cause.evidence)}});
    Json out = Json::object();
    out["node"] = node.node;
    out["same"] = difference.same();
    out["columns"] = std::move(columns);
    out["rows_a"] = node.rowsA;
    out["rows_b"] = node.rowsB;
    out["only_a"] = onlyJson(difference.onlyA, rows);
    out["only_b"] = onlyJson(difference.onlyB, rows);
    out["different"] = {{"count", difference.different.size()}, {"rows", std::move(pairs)}};
    out["close"] = difference.close;
    out["causes"] = std::move(causes);
    return out;
}

}  // namespace

Json compareJson(const CompareReport& report, const ComparedNames& names, std::size_t rows) {
    Json out = Json::object();
    out["a"] = names.a;
    out["b"] = names.b;
    out["same"] = !report.nodes.empty() && report.same();
    out["nodes"] = Json::array();
    for (const ComparedNode& node : report.nodes) out["nodes"].push_back(nodeJson(node, rows));
    out["conditions"] = Json::array();
    for (const CheckedCondition& checked : report.conditions)
        out["conditions"].push_back({{"target", checked.target},
                                     {"node", checked.node},
                                     {"condition", english(checked.condition)},
                                     {"held", english(heldWord(checked.held))}});
    out["refused"] = Json::array();
    for (const CompareRefusal& refusal : report.refusals)
        out["refused"].push_back({{"target", refusal.target.empty() ? Json() : Json(refusal.target)},
                                  {"node", refusal.node},
                                  {"param", refusal.param},
                                  {"message", english(refusal.what)},
                                  {"mend", english(refusal.fix)}});
    return out;
}

}  // namespace rw::cli
