#include "tests/engine/random_pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/pipeline/validate.h"
#include "tests/support/run_of.h"

namespace rw::test {

namespace {

constexpr int kMostJoins = 2;  // pairs of pairs of pairs would be all that is computed

class RandomPipeline {
 public:
    RandomPipeline(unsigned number, const PipelineSize& size) : m_random(number), m_size(size) {}

    Pipeline make() {
        for (int left = 1 + below(m_size.sources); left > 0; --left) addSource();
        // A node that does not fit is removed again, so there are more tries than nodes.
        for (int tries = 3 * m_size.nodes, left = below(m_size.nodes + 1); tries > 0 && left > 0; --tries)
            left -= addNode() ? 1 : 0;
        for (const End& end : std::vector<End>(m_ends)) addTable(end.port);
        return std::move(m_made);
    }

 private:
    /// An output that rows may still be taken from.
    struct End {
        PortRef port;
        StreamType type;
    };
    using MakeParams = std::optional<Json> (RandomPipeline::*)(const StreamType&);
    struct OneInput {
        const char* type;
        MakeParams params;
    };

    int below(int count) { return static_cast<int>(m_random() % static_cast<unsigned>(std::max(1, count))); }
    bool oneIn(int count) { return below(count) == 0; }
    std::string pick(std::initializer_list<const char*> choices) {
        return choices.begin()[below(static_cast<int>(choices.size()))];
    }
    std::string fresh(const char* name) { return name + std::to_string(++m_names); }

    // Columns of a stream by their use; empty: there is none.
    template <class Fits>
    std::string column(const StreamType& stream, Fits fits) {
        std::vector<std::string> names;
        for (const Field& field : stream.schema->fields) {
            if (fits(field.type)) names.push_back(field.name);
        }
        return names.empty() ? std::string()
                             : names[static_cast<std::size_t>(below(static_cast<int>(names.size())))];
    }
    std::string text(const StreamType& stream) {
        return column(stream, [](Type type) { return type.is(TypeId::String); });
    }
    std::string number(const StreamType& stream) {
        return column(stream, [](Type type) { return type.is(TypeId::Int) || type.is(TypeId::Bigint); });
    }

    /// Adds a node behind these outputs, one for each input port; false when it may not stand there.
    bool add(const char* type, Json params, const std::vector<PortRef>& from) {
        const Pipeline before = m_made;
        const std::string id = type + std::to_string(m_made.nodes.size());
        m_made.nodes.push_back(node(id.c_str(), type, std::move(params)));
        const NodeKind& kind = *kinds().of(m_made.nodes.back());
        for (std::size_t i = 0; i < from.size(); ++i) {
            const auto port = kind.inputs.size() == 1 ? 0 : i;
            m_made.wires.push_back({from[i], {id, kind.inputs[port].name}, Json::object()});
        }
        const Validated validated =
            validate(m_made, kinds(), {.folder = {}, .variables = {}, .files = false});
        const BoundNodeRef& bound = validated.nodes.at(id).bound;
        if (hasErrors(validated.issues) || !bound) {
            m_made = before;
            return false;
        }
        // How many changes there are is not promised, nor how many of them can't be computed.
        const std::vector<std::vector<StreamType>>& inputs = validated.nodes.at(id).inputs;
        const bool changing = std::any_of(inputs.begin(), inputs.end(), [](const auto& wires) {
            return std::any_of(wires.begin(), wires.end(),
                               [](const StreamType& wire) { return wire.updating; });
        });
        for (std::size_t port = 0; port < kind.outputs.size(); ++port) {
            const PortRef end{id, kind.outputs[port].name};
            if (kind.outputs[port].role == PortRole::Rows) {
                m_ends.push_back({end, bound->outputs[port]});
            } else if (kind.outputs[port].role == PortRole::Late || (!changing && oneIn(2))) {
                addTable(end);
            }
        }
        return true;
    }
    void addTable(const PortRef& from) {
        const std::string id = "table" + std::to_string(m_made.nodes.size());
        m_made.nodes.push_back(node(id.c_str(), "table_view", {{"keep", 20'000}}));
        m_made.wires.push_back({from, {id, "in"}, Json::object()});
    }

    void addSource() {
        Json rows = Json::array();
        const int disorder = 1 + below(20);
        for (int i = 0, count = 1 + below(m_size.rows); i < count; ++i) {
            const int second = std::max(0, i / (1 + below(3)) - below(disorder));
            Json key = fmt::format(R"(["a key", {}])", below(4));  // JSON, to be flattened
            if (oneIn(9)) key = nullptr;
            const std::string time =
                fmt::format("2024-03-01 12:{:02}:{:02}.{:03}", second / 60, second % 60, below(1000));
            rows.push_back(Json::array({key, oneIn(7) ? Json() : Json(below(50)), time}));
        }
        add("rows",
            {{"columns", {"k STRING", "v INT", "ts TIMESTAMP(3)"}},
             {"rows", rows},
             {"event_time", "ts"},
             {"watermark_delay", std::to_string(below(6)) + "s"}},
            {});
    }

    bool addNode() {
        if (oneIn(4)) return addBehindTwo();
        static constexpr OneInput kNodes[] = {
            {"filter", &RandomPipeline::filter},
            {"select", &RandomPipeline::select},
            {"event_time", &RandomPipeline::eventTime},
            {"route", &RandomPipeline::route},
            {"sample", &RandomPipeline::sample},
            {"flatten", &RandomPipeline::flatten},
            {"limit", &RandomPipeline::limit},
            {"throttle", &RandomPipeline::throttle},
            {"sort", &RandomPipeline::sort},
            {"deduplicate", &RandomPipeline::deduplicate},
            {"top_n", &RandomPipeline::topN},
            {"group_aggregate", &RandomPipeline::group},
            {"over_aggregate", &RandomPipeline::over},
            {"window_aggregate", &RandomPipeline::window},
            {"window_aggregate", &RandomPipeline::window},
        };
        const OneInput& chosen = kNodes[below(static_cast<int>(std::size(kNodes)))];
        const auto place = static_cast<std::size_t>(below(static_cast<int>(m_ends.size())));
        const End end = m_ends[place];
        std::optional<Json> params = (this->*chosen.params)(end.type);
        if (!params || !add(chosen.type, *std::move(params), {end.port})) return false;
        // One in four outputs is taken from twice.
        if (!oneIn(4)) m_ends.erase(m_ends.begin() + static_cast<std::ptrdiff_t>(place));
        return true;
    }

    bool addBehindTwo() {
        const End left = m_ends[static_cast<std::size_t>(below(static_cast<int>(m_ends.size())))];
        const End right = m_ends[static_cast<std::size_t>(below(static_cast<int>(m_ends.size())))];
        if (oneIn(3)) return add("union", Json::object(), {left.port, right.port});
        if (m_joins == kMostJoins) return false;
        const std::string a = text(left.type), b = text(right.type), x = number(left.type),
                          y = number(right.type);
        if (a.empty() || b.empty() || x.empty() || y.empty()) return false;
        Json params = {{"on", oneIn(2) ? fmt::format("left.{} = right.{} AND left.{} < right.{}", a, b, x, y)
                                       : fmt::format("left.{} = right.{}", x, y)}};
        const std::string type = pick({"join", "interval_join", "window_join", "temporal_join"});
        if (type == "interval_join") {
            params["lower"] = pick({"-3s", "0s"});
            params["upper"] = pick({"0s", "2s"});
        } else if (type == "window_join") {
            params["window"] = "tumble";
            params["size"] = pick({"6s", "12s"});
        } else if (type == "temporal_join") {
            params["on"] = fmt::format("left.{} = right.{}", a, b);
        }
        params["kind"] =
            type == "temporal_join" ? pick({"inner", "left"}) : pick({"inner", "left", "right", "full"});
        if (!add(type.c_str(), std::move(params), {left.port, right.port})) return false;
        ++m_joins;
        return true;
    }

    // Parameters for the columns that a stream has; nothing when it has none that fit.
    std::optional<Json> filter(const StreamType& stream) {
        const std::string v = number(stream), k = text(stream);
        if (v.empty() || k.empty()) return std::nullopt;
        switch (below(3)) {
            case 0:
                return Json{{"condition", fmt::format("{} % 3 <> 0", v)}};
            case 1:
                return Json{{"condition", fmt::format("{} > 10 OR {} IS NULL", v, k)}};
            default:
                return Json{{"condition", fmt::format("100 / {} > 2", v)}};
        }
    }
    std::optional<Json> select(const StreamType& stream) {
        const std::string v = number(stream);
        if (v.empty()) return std::nullopt;
        const std::string computed = fmt::format("{} {} AS {}", oneIn(2) ? "100 / " : "1 + ", v, fresh("c"));
        if (oneIn(2)) return Json{{"columns", {"*", computed}}};
        Json columns = Json::array({computed});
        for (const Field& field : stream.schema->fields) {
            if (!oneIn(4)) columns.push_back(field.name);
        }
        return Json{{"columns", columns}};
    }
    std::optional<Json> eventTime(const StreamType& stream) {
        const std::string time = column(stream, [](Type type) { return type.is(TypeId::Timestamp); });
        if (time.empty()) return std::nullopt;
        return Json{{"column", time}, {"watermark_delay", std::to_string(below(6)) + "s"}};
    }
    std::optional<Json> route(const StreamType& stream) {
        const std::string v = number(stream);
        if (v.empty()) return std::nullopt;
        return Json{{"branches", {fmt::format("some: {} > 20", v), fmt::format("few: 100 / {} > 8", v)}}};
    }
    std::optional<Json> sample(const StreamType&) { return Json{{"fraction", 0.6}, {"seed", below(9)}}; }
    std::optional<Json> flatten(const StreamType& stream) {
        const std::string k = text(stream);
        if (k.empty()) return std::nullopt;
        return Json{{"column", k}, {"columns", {fresh("e") + " STRING"}}, {"keep_empty", oneIn(2)}};
    }
    std::optional<Json> limit(const StreamType&) { return Json{{"count", 1 + below(40)}}; }
    std::optional<Json> throttle(const StreamType&) { return Json{{"rate", 1e6}}; }
    std::optional<Json> sort(const StreamType&) { return Json::object(); }
    std::optional<Json> deduplicate(const StreamType& stream) {
        const std::string k = text(stream);
        if (k.empty()) return std::nullopt;
        return Json{{"keys", {k}}, {"keep", pick({"first", "last"})}};
    }
    std::optional<Json> topN(const StreamType& stream) {
        const std::string v = number(stream), k = text(stream);
        if (v.empty()) return std::nullopt;
        Json params = {{"by", {v + pick({"", " DESC"})}}, {"limit", 1 + below(5)}};
        if (!k.empty() && oneIn(2)) params["partition_by"] = {k};
        return params;
    }
    /// Aggregates of which one depends on the order of the rows.
    std::optional<Json> aggregates(const StreamType& stream) {
        const std::string v = number(stream);
        if (v.empty()) return std::nullopt;
        return Json::array({"COUNT(*) AS " + fresh("n"), fmt::format("SUM({}) AS {}", v, fresh("total")),
                            fmt::format("MAX({}) AS {}", v, fresh("largest")),
                            fmt::format("LISTAGG(CAST({} AS STRING)) AS {}", v, fresh("joined"))});
    }
    std::optional<Json> group(const StreamType& stream) { return aggregated(stream, "keys"); }
    std::optional<Json> aggregated(const StreamType& stream, const char* keys) {
        const std::optional<Json> some = aggregates(stream);
        if (!some) return std::nullopt;
        Json params = {{"aggregates", *some}};
        const std::string k = text(stream);
        if (!k.empty() && !oneIn(3)) params[keys] = {k};
        return params;
    }
    std::optional<Json> over(const StreamType& stream) {
        std::optional<Json> params = aggregated(stream, "partition_by");
        if (params)
            (*params)["frame"] =
                pick({"ROWS 2 PRECEDING", "RANGE '5s' PRECEDING", "ROWS UNBOUNDED PRECEDING"});
        return params;
    }
    std::optional<Json> window(const StreamType& stream) {
        std::optional<Json> params = aggregated(stream, "keys");
        if (!params) return std::nullopt;
        Json& out = *params;
        const std::string kind = pick({"tumble", "hop", "cumulate", "session"});
        out["window"] = kind;
        out[kind == "session" ? "gap" : "size"] =
            kind == "session" ? pick({"1s", "3s"}) : pick({"6s", "12s"});
        if (kind == "hop") out["slide"] = pick({"2s", "3s"});
        if (kind == "cumulate") out["step"] = pick({"2s", "3s"});
        if (oneIn(4)) out["allowed_lateness"] = pick({"1s", "4s"});
        if (kind == "tumble" && oneIn(4)) out["early"] = "2s";
        return params;
    }

    std::mt19937 m_random;
    const PipelineSize m_size;
    Pipeline m_made;
    std::vector<End> m_ends;
    int m_names = 0, m_joins = 0;
};

}  // namespace

Pipeline randomPipeline(unsigned number, const PipelineSize& size) {
    return RandomPipeline(number, size).make();
}

}  // namespace rw::test
