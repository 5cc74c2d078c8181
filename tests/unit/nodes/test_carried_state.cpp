// The state of an edited aggregation, made of the one before: aggregates that both have go on as if nothing
// had happened, one that was added counts the rows from then on. Over random lists of aggregates, and broken
// bytes.
#include <xxhash.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <cstring>
#include <random>
#include <variant>

#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/state/carried/carried_state.h"
#include "core/state/carried/closed_windows.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kCases = 300;

const Catalogue& kinds() {
    static const Catalogue kAll = builtin();
    return kAll;
}

/// The sample rows, and whether one came behind the barrier: what an added aggregate counts.
StreamType streamOfParts() {
    StreamType stream = sampleStream();
    Schema schema = *stream.schema;
    schema.fields.push_back({"later", Type::of(TypeId::Boolean)});
    stream.schema = std::make_shared<const Schema>(std::move(schema));
    return stream;
}

const std::vector<std::string>& calls() {
    static const std::vector<std::string> kAll{"COUNT(*)",
                                               "COUNT(v)",
                                               "COUNT(DISTINCT v)",
                                               "SUM(v)",
                                               "SUM(d)",
                                               "AVG(v)",
                                               "MIN(d)",
                                               "MAX(v)",
                                               "MAX(k)",
                                               "STDDEV_POP(d)",
                                               "LISTAGG(k)",
                                               "FIRST_VALUE(v)",
                                               "LAST_VALUE(k)",
                                               "PERCENTILE(d, 0.5)",
                                               "APPROX_COUNT_DISTINCT(v)"};
    return kAll;
}

class Chance {
 public:
    explicit Chance(unsigned seed) : m_random(seed) {}
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    /// Some of all calls, each once, in any order.
    std::vector<std::string> list() {
        std::vector<std::string> all = calls();
        std::shuffle(all.begin(), all.end(), m_random);
        all.resize(static_cast<std::size_t>(pick(1, 5)));
        return all;
    }

 private:
    std::mt19937 m_random;
};

/// A node before and after an edit of its aggregates, and how that would be if the new ones had been there
/// and had not counted the rows before.
struct Edited {
    std::string type{};
    Json before{}, now{}, expected{};
    CarriedAggregates carried{};
};

Json texts(const std::vector<std::string>& list, const std::vector<std::string>& behind) {
    Json out = Json::array();
    for (std::size_t i = 0; i < list.size(); ++i)
        out.push_back(list[i] + behind[i] + " AS a" + std::to_string(i));
    return out;
}

Edited edited(Chance& chance, const std::string& type, Json params, const StreamType& stream) {
    Edited out;
    out.type = type;
    const std::vector<std::string> before = chance.list();
    std::vector<std::string> now = chance.list();
    // Something is shared, or there is nothing to carry over.
    now.insert(now.begin() + chance.pick(0, static_cast<int>(now.size())), before.front());
    std::vector<std::string> none(before.size()), filters;
    ColumnSet read(stream.schema->size(), false);
    for (const std::string& call : now) {
        const auto found = std::find(before.begin(), before.end(), call);
        const bool fresh = found == before.end();
        filters.push_back(fresh ? " FILTER (WHERE later)" : "");
        const auto at = static_cast<std::size_t>(found - before.begin());
        out.carried.from.push_back(fresh ? std::optional<std::size_t>() : at);
        auto bound = sql::bindAggregate(call + " AS x", sql::Scope{stream.schema});
        out.carried.now.push_back(std::get<sql::BoundAggregate>(std::move(bound)));
        if (fresh && out.carried.now.back().argument)
            sql::markColumns(*out.carried.now.back().argument, read);
    }
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (read[i]) out.carried.read.push_back(stream.schema->fields[i]);
    }
    out.carried.before = before.size();
    out.carried.keys = params["keys"].size();
    out.before = out.now = out.expected = std::move(params);
    out.before["aggregates"] = texts(before, none);
    out.now["aggregates"] = texts(now, std::vector<std::string>(now.size()));
    out.expected["aggregates"] = texts(now, filters);
    return out;
}

Json keysOf(Chance& chance) {
    const int which = chance.pick(0, 2);
    return which == 0 ? Json::array() : which == 1 ? Json{"k"} : Json{"k", "b"};
}

std::vector<Row> rowsOf(unsigned seed, std::size_t count, std::size_t barrier, bool inOrder) {
    std::vector<Row> rows = sampleRows(count, seed);
    if (inOrder) {
        std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
            return std::get<std::int64_t>(a[4]) < std::get<std::int64_t>(b[4]);
        });
    }
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].emplace_back(i >= barrier);
    return rows;
}

/// What leaves behind the barrier.
std::vector<std::string> behind(const Driven& all, const Driven& before) {
    const auto& rows = all.ports[0].rows;
    return {rows.begin() + static_cast<std::ptrdiff_t>(before.ports[0].rows.size()), rows.end()};
}

std::string trouble(const Driven& driven) {
    if (!driven.status.ok()) return english(driven.status.error());
    return driven.problems.empty() ? std::string() : driven.problems.front();
}

/// Runs up to the barrier with `params`, and on from there, where `carry` made other states, with `then`.
/// `compared` grows by the rows that were compared.
void compareRuns(const Edited& edit, unsigned seed, bool inOrder, bool pruned, std::size_t& compared) {
    const StreamType stream = streamOfParts();
    const NodeKind& kind = *kinds().find(edit.type);
    const std::vector<Row> rows = rowsOf(seed, 160, 90, inOrder);
    const std::vector<Row> first(rows.begin(), rows.begin() + 90);
    const auto boundOf = [&](const Json& params) { return bindNode(kind, params, {{stream}}); };
    const BoundForTest was = boundOf(edit.before), is = boundOf(edit.now), model = boundOf(edit.expected);
    QVERIFY2(was.node && is.node && model.node, (was.said() + is.said() + model.said()).c_str());
    const auto fed = [&](const BoundNodeRef& bound, const std::vector<Batch>& input) {
        std::vector<Feed> feed = feeds(1, input);
        if (!pruned) return feed;
        std::vector<ColumnSet> wanted;
        for (const StreamType& output : bound->outputs) wanted.emplace_back(output.schema->size(), false);
        return withoutUnread(std::move(feed), columnsRead(*bound, wanted, {stream}));
    };
    const std::vector<Batch> early = batches(stream, first, 7), late = batches(stream, rows, 7, 90);
    DriveOptions options;
    options.leaves = true;
    Driven before = drive(kind, was.node, {stream}, fed(was.node, early), options);
    const Driven modelBefore = drive(kind, model.node, {stream}, fed(model.node, early), options);
    QVERIFY2(trouble(before).empty() && trouble(modelBefore).empty(), trouble(before).c_str());
    QVERIFY(!before.states.empty());
    for (std::string& state : before.states) {
        Result<std::string> made = carriedState(state, edit.carried);
        QVERIFY2(made.ok(), made.ok() ? "" : english(made.status().error()).c_str());
        state = *std::move(made);
    }
    options.leaves = false;
    options.before = &before;
    const Driven after = drive(kind, is.node, {stream}, fed(is.node, late), options);
    options.before = &modelBefore;
    const Driven modelAfter = drive(kind, model.node, {stream}, fed(model.node, late), options);
    QVERIFY2(trouble(after).empty(), (trouble(after) + edit.before.dump() + edit.now.dump()).c_str());
    QVERIFY2(trouble(modelAfter).empty(), trouble(modelAfter).c_str());
    const auto got = behind(after, before), expected = behind(modelAfter, modelBefore);
    compared += expected.size();
    const std::string said = edit.before.dump() + "\n" + edit.now.dump();
    QVERIFY2(got.size() == expected.size(), said.c_str());
    for (std::size_t i = 0; i < got.size(); ++i)
        QVERIFY2(got[i] == expected[i], (said + "\n" + got[i] + "\n" + expected[i]).c_str());
}

Json windowed(Chance& chance) {
    const std::vector<Json> windows{{{"window", "tumble"}, {"size", "20s"}},
                                    {{"window", "hop"}, {"size", "30s"}, {"slide", "10s"}},
                                    {{"window", "cumulate"}, {"size", "30s"}, {"step", "10s"}},
                                    {{"window", "session"}, {"gap", "6s"}}};
    Json params = windows[static_cast<std::size_t>(chance.pick(0, 3))];
    params["keys"] = keysOf(chance);
    if (chance.pick(0, 2) == 0) params["allowed_lateness"] = "9s";
    if (chance.pick(0, 2) == 0) params["early"] = "3s";
    return params;
}

/// A state that is worth breaking, and how it is carried over.
std::pair<std::string, CarriedAggregates> aState(unsigned seed) {
    Chance chance(seed);
    const StreamType stream = streamOfParts();
    const bool windows = seed % 2 == 0;
    const Edited edit = windows ? edited(chance, "window_aggregate", windowed(chance), stream)
                                : edited(chance, "group_aggregate", {{"keys", keysOf(chance)}}, stream);
    const NodeKind& kind = *kinds().find(edit.type);
    const BoundForTest was = bindNode(kind, edit.before, {{stream}});
    DriveOptions options;
    options.leaves = true;
    const Driven driven =
        drive(kind, was.node, {stream}, feeds(1, batches(stream, rowsOf(seed, 60, 60, false), 7)), options);
    return {driven.states.empty() ? std::string() : driven.states.front(), edit.carried};
}

}  // namespace

class TestCarriedState : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void windowsGoOn() {
        std::size_t compared = 0;
        for (unsigned seed = 1; seed <= kCases && !QTest::currentTestFailed(); ++seed) {
            Chance chance(seed);
            Json params = windowed(chance);
            // Rows that wait for their sessions are counted when they come out, by a new aggregate, too.
            const bool inOrder = params["window"] == "session";
            compareRuns(edited(chance, "window_aggregate", std::move(params), streamOfParts()), seed, inOrder,
                        false, compared);
        }
        QVERIFY(compared > 1'000);
    }

    void groupsGoOn() {
        std::size_t compared = 0;
        for (unsigned seed = 1; seed <= kCases && !QTest::currentTestFailed(); ++seed) {
            Chance chance(seed);
            Json params{{"keys", keysOf(chance)}};
            if (chance.pick(0, 2) == 0) params["state_ttl"] = "40s";
            compareRuns(edited(chance, "group_aggregate", std::move(params), streamOfParts()), seed, false,
                        false, compared);
        }
        QVERIFY(compared > 1'000);
    }

    void rowsThatWaitNeedNotHaveTheColumnsOfNewAggregates() {
        const StreamType stream = streamOfParts();
        Edited edit;
        edit.type = "window_aggregate";
        edit.before = {
            {"window", "session"}, {"gap", "6s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS a"}}};
        edit.now = edit.before;
        edit.now["aggregates"] = {"COUNT(d) FILTER (WHERE v > 0) AS b", "COUNT(*) AS a"};
        edit.expected = edit.before;
        edit.expected["aggregates"] = {"COUNT(d) FILTER (WHERE v > 0 AND later) AS b", "COUNT(*) AS a"};
        edit.carried.keys = edit.carried.before = 1;
        for (const Json& text : edit.now["aggregates"]) {
            auto bound = sql::bindAggregate(text.get<std::string>(), sql::Scope{stream.schema});
            edit.carried.now.push_back(std::get<sql::BoundAggregate>(std::move(bound)));
        }
        edit.carried.from = {std::nullopt, 0};
        edit.carried.read = {stream.schema->fields[1], stream.schema->fields[2]};
        std::size_t compared = 0;
        for (unsigned seed = 1; seed <= 20 && !QTest::currentTestFailed(); ++seed)
            compareRuns(edit, seed, false, true, compared);
        QVERIFY(compared > 100);
    }

    /// Each row is in one result: of a window before the edit, of one behind it, or it is late.
    void openWindowsCloseFirst() {
        const StreamType stream = streamOfParts();
        const NodeKind& kind = *kinds().find("window_aggregate");
        const std::vector<Json> windows{{{"window", "tumble"}, {"size", "20s"}},
                                        {{"window", "tumble"}, {"size", "7s"}},
                                        {{"window", "tumble"}, {"size", "20s"}, {"offset", "3s"}},
                                        {{"window", "session"}, {"gap", "6s"}}};
        int compared = 0;
        for (unsigned seed = 1; seed <= 60 && !QTest::currentTestFailed(); ++seed) {
            Chance chance(seed);
            const auto boundOf = [&](const Json& window, const Json& keys) {
                Json params = window;
                params["keys"] = keys;
                params["aggregates"] = {"COUNT(*) AS n", "MAX(k) AS k_most"};
                return bindNode(kind, params, {{stream}});
            };
            const Json keys = keysOf(chance);
            const BoundForTest was = boundOf(windows[seed % 4], keys),
                               is = boundOf(windows[(seed / 4) % 4], keys);
            const std::vector<Row> rows = rowsOf(seed, 160, 90, false);
            const std::vector<Row> first(rows.begin(), rows.begin() + 90);
            const std::vector<Feed> early = feeds(1, batches(stream, first, 7));
            DriveOptions options;
            options.leaves = true;
            Driven before = drive(kind, was.node, {stream}, early, options);
            options.leaves = false;
            const Driven ended = drive(kind, was.node, {stream}, early, options);
            ClosableWindows closing{&kind, was.node, stream, {}};
            for (std::size_t i = 0; i < keys.size(); ++i) closing.keys.push_back(static_cast<int>(3 + i));
            for (std::string& state : before.states) {
                Result<std::string> made = closedState(state, closing);
                QVERIFY2(made.ok(), made.ok() ? "" : english(made.status().error()).c_str());
                state = *std::move(made);
            }
            options.before = &before;
            options.instances = keys.empty() ? 1 : chance.pick(1, 3);
            const Driven after =
                drive(kind, is.node, {stream}, feeds(1, batches(stream, rows, 7, 90)), options);
            QVERIFY2(trouble(after).empty(), trouble(after).c_str());
            std::size_t counted = after.ports[1].rows.size();
            for (const std::string& row : after.ports[0].rows) {
                const std::size_t at = row.find(" n=");
                QVERIFY2(at != std::string::npos, row.c_str());
                counted += std::stoul(row.substr(at + 3));
            }
            QCOMPARE(counted + after.rejected.size(), rows.size());
            // What was open gives what it would have given had the input ended there.
            std::vector<std::string> closed = behind(ended, before), given = behind(after, before);
            std::sort(closed.begin(), closed.end());
            std::sort(given.begin(), given.end());
            QVERIFY(std::includes(given.begin(), given.end(), closed.begin(), closed.end()));
            compared += static_cast<int>(closed.size());
            for (const std::string& state : before.states) QVERIFY(!closedState(state + "x", closing).ok());
        }
        QVERIFY(compared > 100);
    }

    void damagedBytesAreAnError() {
        int tried = 0;
        for (unsigned seed = 1; seed <= 20; ++seed) {
            const auto [state, carried] = aState(seed);
            if (state.empty()) continue;
            QVERIFY(carriedState(state, carried).ok());
            std::mt19937 random(seed);
            for (int i = 0; i < 50; ++i, ++tried) {
                std::string broken = state;
                broken[random() % broken.size()] ^= static_cast<char>(1 + random() % 255);
                QVERIFY(!carriedState(broken, carried).ok());
                QVERIFY(!carriedState(state.substr(0, random() % state.size()), carried).ok());
            }
        }
        QVERIFY(tried > 500);
        QVERIFY(!carriedState("", {}).ok());
        QVERIFY(!carriedState("RWSTATE1", {}).ok());
    }

    /// Bytes whose seal is right, but not what they say: nothing crashes, and no memory is taken for numbers
    /// that can't be.
    void bytesThatContradictThemselvesAreAnError() {
        int refused = 0;
        for (unsigned seed = 1; seed <= 20; ++seed) {
            const auto [state, carried] = aState(seed);
            if (state.empty()) continue;
            std::mt19937 random(seed);
            for (int i = 0; i < 100; ++i) {
                std::string broken = state;
                for (int hits = 0; hits < 3; ++hits) {
                    char& byte = broken[16 + random() % (broken.size() - 16)];
                    byte = static_cast<char>(random() % 256);
                }
                const std::uint64_t sum = XXH3_64bits(broken.data() + 16, broken.size() - 16);
                std::memcpy(broken.data() + 8, &sum, sizeof sum);
                refused += carriedState(broken, carried).ok() ? 0 : 1;
            }
        }
        QVERIFY(refused > 20);
    }

    void anotherVersionOrDefinitionIsAnError() {
        for (unsigned seed = 1; seed <= 20; ++seed) {
            auto [state, carried] = aState(seed);
            if (state.empty() || state.find("aggregate") == std::string::npos) continue;
            CarriedAggregates more = carried;
            ++more.before;
            QVERIFY(!carriedState(state, more).ok());
        }
        StateWriter newer;
        newer.i64("arrivals", 0);
        newer.keyed("groups", 3, 2, [](StateWriter& record) { record.u64("keys", 0); });
        CarriedAggregates none;
        QVERIFY(!carriedState(newer.finish(), none).ok());
        StateWriter many;
        many.keyed("groups", 3, 1, [](StateWriter& record) { record.u64("keys", std::uint64_t{1} << 60); });
        QVERIFY(!carriedState(many.finish(), none).ok());
    }
};

QTEST_APPLESS_MAIN(TestCarriedState)
#include "test_carried_state.moc"
