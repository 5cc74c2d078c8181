#include "tests/simulate/sunk_pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/pipeline/validate.h"
#include "tests/simulate/read_files.h"
#include "tests/simulate/watched_table.h"
#include "tests/simulate/weather.h"
#include "tests/support/asking_node.h"
#include "tests/support/broker_nodes.h"
#include "tests/support/connected_node.h"
#include "tests/support/run_of.h"

namespace rw::simulated {

namespace {

std::string csvCell(const Json& cell) {
    if (cell.is_null()) return {};
    if (!cell.is_string()) return cell.dump();
    std::string text = "\"";
    for (const char letter : cell.get<std::string>())
        text += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return text + '"';
}

class Sunk {
 public:
    explicit Sunk(std::uint64_t seed)
        : m_chance(seed),
          m_brokerChance(splitMix64(seed, 4)),
          m_askChance(splitMix64(seed, 5)),
          m_moreChance(splitMix64(seed, 6)),
          m_readChance(splitMix64(seed, 7)),
          m_besideChance(splitMix64(seed, 8)),
          m_lateChance(splitMix64(seed, 9)),
          m_greetChance(splitMix64(seed, 10)) {
        // Of a few seeds in a row some are so.
        if (seed % 5 == 2) m_made.slowness = kSlow;
    }

    SunkPipeline make(std::uint64_t seed, const test::PipelineSize& size) {
        m_made.pipeline = test::randomPipeline(static_cast<unsigned>(seed % 4'294'967'291U), size);
        for (Node& node : m_made.pipeline.nodes) {
            if (node.type == "rows") pace(node);
        }
        ask();
        more();
        std::vector<std::string> ends;
        for (const Node& node : m_made.pipeline.nodes) {
            if (node.type == "table_view") ends.push_back(node.id);
        }
        for (const std::string& id : ends) sink(id);
        if (seed % 5 == 2) watch();
        if (seed % 4 == 1) pair();
        if (seed % 4 == 3) countRecent();
        if (seed % 7 == 4) askInVain();
        if (m_greetChance.oneIn(5)) greet();
        return std::move(m_made);
    }

 private:
    void becomeQueue(Node& node) {
        node.type = m_readChance.oneIn(2) ? "read_queue" : "queue";
        node.params.erase("every");
        m_made.usesBroker = true;
    }

    /// Puts a node that asks into a wire, where it may stand.
    void ask() {
        if (!m_askChance.oneIn(3)) return;
        // event_time goes by their order.
        const auto& nodes = m_made.pipeline.nodes;
        const bool ordered = std::any_of(nodes.begin(), nodes.end(),
                                         [](const Node& node) { return node.type == "event_time"; });
        const bool overtakes = m_askChance.oneIn(2) && !ordered;
        const auto wires = static_cast<int>(m_made.pipeline.wires.size());
        Node asks = test::node("asks", "asks_outside",
                               {{"delay", m_askChance.pick({0, 3, 20})},
                                {"failures", m_askChance.pick({0, 1})},
                                {"unordered", overtakes}});
        if (m_lateChance.oneIn(2)) {
            // An answer that is not late must be in time: it is looked for every 10 ms.
            asks.params["patience"] = asks.params["delay"].get<int>() + 12;
            asks.params["silence"] = kSilence;
            asks.params["silent"] = 1;
            asks.params["lost"] = m_lateChance.below(kMostLost + 1);
        }
        if (!put(asks, {"in", "out"}, static_cast<std::size_t>(m_askChance.below(wires)))) return;
        m_made.asks = true;
        m_made.overtakes = overtakes;
    }

    /// Rows whose requests are all answered too late, or never: each is rejected, once.
    void askInVain() {
        (void)beside({test::node("in_vain", "asks_outside",
                                 {{"patience", kPatience},
                                  {"silence", kSilence},
                                  {"silent", 1},
                                  {"lost", m_lateChance.below(kMostLost + 1)},
                                  {"gives_up", true},
                                  {"unordered", m_lateChance.oneIn(2)}}),
                      kept(kTooLate, "append")},
                     {{{anySource(), "out"}, {"in_vain", "in"}, Json::object()},
                      {{"in_vain", "rejected"}, {kTooLate, "in"}, Json::object()}});
    }

    /// A source that needs a connection and its secret.
    void greet() {
        m_made.greets = beside({test::node("greeted", "greeted",
                                           {{"connection", kGreeter},
                                            {"rows", 20},
                                            {"every", m_greetChance.pick({1, 2, 5}) * m_made.slowness}}),
                                kept(kGreetings, "append")},
                               {test::wire("greeted", kGreetings)});
    }

    /// Behind a source a look-up, and a subflow; and state that has a time to live.
    void more() {
        if (m_moreChance.oneIn(3)) {
            const Node items = test::node("items", "lookup_join",
                                          {{"database", itemsFile()},
                                           {"table", "items"},
                                           {"columns", {"number INT", "name STRING"}},
                                           {"on", "left.v = right.number"},
                                           {"kind", "left"},
                                           {"refresh", "1s"}});
            m_made.looksUp = put(items, {"in", "out"}, wireOfSource());
            m_made.files[itemsFile()] = itemsDatabase();
        }
        if (m_moreChance.oneIn(3)) {
            const Node part = test::node("part", "subflow", {{"file", partFile()}});
            // The disk is not looked at later.
            (void)simulatedKinds().subflows().read(partFile(), simulatedKinds());
            m_made.encloses = put(part, {"in", "rows"}, wireOfSource());
        }
        for (Node& node : m_made.pipeline.nodes) {
            const NodeKind* kind = simulatedKinds().of(node);
            if (kind == nullptr || kind->param("state_ttl") == nullptr || m_moreChance.oneIn(2)) continue;
            node.params["state_ttl"] = "24h";
            m_made.forgets = true;
        }
    }

    /// A look-up in a table that is changed meanwhile.
    void watch() {
        m_made.watches =
            beside({test::node("watch", "lookup_join",
                               {{"database", watchedFile()},
                                {"table", "watched"},
                                {"columns", {"number INT", "version INT", "twice INT"}},
                                {"on", "left.v = right.number"},
                                {"kind", "left"},
                                {"refresh", "1s"}}),
                    kept(kWatched, "append")},
                   {{{anySource(), "out"}, {"watch", "in"}, Json::object()}, test::wire("watch", kWatched)});
        if (m_made.watches) m_made.files[watchedFile()] = watchedDatabase();
    }

    /// Rows of one source that are near each other in time. Which of its sides a join reads first is open,
    /// and so is which pairs it still finds.
    void pair() {
        const std::string source = anySource();
        m_made.pairs = beside({test::node("pair", "join",
                                          {{"on", "left.k = right.k AND left.v < right.v"},
                                           {"state_ttl", m_besideChance.pick({"2s", "6s"})}}),
                               kept(kPairs, "append")},
                              {{{source, "out"}, {"pair", "left"}, Json::object()},
                               {{source, "out"}, {"pair", "right"}, Json::object()},
                               test::wire("pair", kPairs)});
    }

    /// Groups end by the time of their events: that is promised.
    void countRecent() {
        const std::string source = anySource();
        const bool there =
            beside({test::node("count", "group_aggregate",
                               {{"keys", {"k"}},
                                {"aggregates", {"COUNT(*) AS n"}},
                                {"state_ttl", m_besideChance.pick({"1s", "3s"})}}),
                    kept(kRecent, "upsert")},
                   {{{source, "out"}, {"count", "in"}, Json::object()}, test::wire("count", kRecent)});
        if (there) m_made.recent = m_rows[source];
    }

    Node kept(const char* table, const char* mode) {
        return test::node(
            table, "sqlite_sink",
            {{"database", m_besideChance.pick({"a.sqlite", "b.sqlite"})}, {"table", table}, {"mode", mode}});
    }

    std::string anySource() {
        auto chosen = m_rows.begin();
        std::advance(chosen, m_besideChance.below(static_cast<int>(m_rows.size())));
        return chosen->first;
    }

    /// Adds a branch; false: it may not stand there.
    bool beside(const std::vector<Node>& nodes, const std::vector<Wire>& wires) {
        Pipeline made = m_made.pipeline;
        made.nodes.insert(made.nodes.end(), nodes.begin(), nodes.end());
        made.wires.insert(made.wires.end(), wires.begin(), wires.end());
        if (!stands(made)) return false;
        m_made.pipeline = std::move(made);
        return true;
    }

    std::size_t wireOfSource() {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < m_made.pipeline.wires.size(); ++i) {
            const Node& from = nodeOf(m_made.pipeline, m_made.pipeline.wires[i].from.node);
            if (from.type == "rows" || from.type.ends_with("queue") || from.type == "csv_source")
                found.push_back(i);
        }
        return found[static_cast<std::size_t>(m_moreChance.below(static_cast<int>(found.size())))];
    }

    struct Through {
        const char *in, *out;  ///< ports
    };
    /// Puts a node into a wire; false: it may not stand there.
    bool put(const Node& node, const Through& ports, std::size_t wire) {
        Pipeline made = m_made.pipeline;
        Wire& into = made.wires[wire];
        const Wire behind{{node.id, ports.out}, into.to, Json::object()};
        into.to = {node.id, ports.in};
        made.wires.push_back(behind);
        made.nodes.push_back(node);
        if (!stands(made)) return false;
        m_made.pipeline = std::move(made);
        return true;
    }

    /// One a run can have. Not of changes.
    bool becomeTopic(const std::string& id) {
        if (m_hasTopic || !m_brokerChance.oneIn(3)) return false;
        Pipeline made = m_made.pipeline;
        Node& node = nodeOf(made, id);
        node.type = "topic";
        node.params = Json::object();
        if (!stands(made)) return false;
        m_made.pipeline = std::move(made);
        return m_hasTopic = m_made.usesBroker = true;
    }

    static Node& nodeOf(Pipeline& pipeline, const std::string& id) {
        return *std::find_if(pipeline.nodes.begin(), pipeline.nodes.end(),
                             [&](const Node& node) { return node.id == id; });
    }

    /// A row every few milliseconds, from the grid or from a file of the same rows.
    void pace(Node& node) {
        const int every = m_chance.pick({1, 2, 5}) * m_made.slowness;
        m_rows[node.id] = static_cast<int>(node.params["rows"].size());
        if (!m_chance.oneIn(3)) {
            node.params["every"] = std::to_string(every) + "ms";
            if (m_brokerChance.oneIn(4)) becomeQueue(node);
            return;
        }
        std::string text;
        for (const Json& column : node.params["columns"]) {
            const auto name = column.get<std::string>();
            text += (text.empty() ? "" : ",") + name.substr(0, name.find(' '));
        }
        text += '\n';
        for (const Json& row : node.params["rows"]) {
            std::string line;
            for (std::size_t i = 0; i < row.size(); ++i) line += (i > 0 ? "," : "") + csvCell(row[i]);
            text += line + '\n';
        }
        const std::string file = node.id + ".csv";
        m_made.files[std::string(kFolder) + "/" + file] = text;
        node.type = "csv_source";
        node.params.erase("rows");
        node.params["path"] = file;
        node.params["rate"] = 1'000 / every;
    }

    /// Whether validate() finds no error in it.
    static bool stands(const Pipeline& pipeline) {
        const Validated validated =
            validate(pipeline, simulatedKinds(), {.folder = kFolder, .variables = {}, .files = false});
        return !hasErrors(validated.issues);
    }

    /// Puts a table of a database, or a file, in the place of the view.
    void sink(const std::string& id) {
        const std::string mode = m_chance.pick({"append", "replace"});
        const std::string database = m_chance.pick({"a.sqlite", "b.sqlite"});
        const std::string file = m_chance.pick({"", "", "csv", "ndjson"});
        if (becomeTopic(id)) return;
        for (const std::string& tried : {mode, std::string("upsert")}) {
            Pipeline made = m_made.pipeline;
            become(made, id, tried, database);
            if (!stands(made)) continue;
            // A file takes changes, too, but how many of them there are is not promised.
            if (tried == mode && !file.empty()) becomeFile(made, id, file);
            m_made.pipeline = std::move(made);
            return;
        }
        // Rows that no key names, or whose columns no table can have: how many there are.
        Pipeline made = m_made.pipeline;
        const std::string counts = "counts_" + id;
        made.nodes.push_back(
            test::node(counts.c_str(), "group_aggregate", {{"aggregates", {"COUNT(*) AS how_many"}}}));
        for (Wire& wire : made.wires) {
            if (wire.to.node == id) wire.to.node = counts;
        }
        made.wires.push_back(test::wire(counts.c_str(), id.c_str()));
        become(made, id, "upsert", database);
        if (stands(made)) m_made.pipeline = std::move(made);
    }

    static void become(Pipeline& pipeline, const std::string& id, const std::string& mode,
                       const std::string& database) {
        Node& node = nodeOf(pipeline, id);
        node.type = "sqlite_sink";
        node.params = {{"database", database}, {"table", id}, {"mode", mode}};
    }

    static void becomeFile(Pipeline& pipeline, const std::string& id, const std::string& format) {
        Node& node = nodeOf(pipeline, id);
        node.type = format + "_sink";
        node.params = {{"path", id + kWritten + format}};
    }

    static constexpr int kSlow = 20;
    /// A request that is late has its place until it returns: a silence of seconds would be a story of
    /// thousands of checkpoints.
    static constexpr int kPatience = 3, kSilence = 2;
    /// An operator has four requests out: one must be left.
    static constexpr int kMostLost = 3;

    Chance m_chance, m_brokerChance, m_askChance, m_moreChance, m_readChance, m_besideChance, m_lateChance,
        m_greetChance;
    std::map<std::string, int> m_rows{};  ///< of the sources
    SunkPipeline m_made;
    bool m_hasTopic = false;
};

}  // namespace

const Catalogue& simulatedKinds() {
    static const Catalogue kKinds =
        test::withGreetedNode(test::withAskingNode(test::withBroker(test::kinds())));
    return kKinds;
}

SunkPipeline sunkPipeline(std::uint64_t seed, const test::PipelineSize& size) {
    return Sunk(seed).make(seed, size);
}

SunkPipeline forgettingNoPair(SunkPipeline sunk) {
    for (Node& node : sunk.pipeline.nodes) {
        if (node.id == "pair") node.params.erase("state_ttl");
    }
    return sunk;
}

}  // namespace rw::simulated
