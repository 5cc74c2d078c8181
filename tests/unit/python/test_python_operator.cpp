// Rows through a function of the user's: the same however the input is cut, states over restarts and at
// another degree, rows that fail or end the process, and stamps and positions of what is made.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/python/interpreter.h"
#include "core/python/python_operator.h"
#include "core/stream/keys/key_hash.h"

using namespace rw;

namespace {

/// Takes what leaves, as texts with the position of each row.
struct Collected final : Output {
    std::vector<std::string> rows{}, rejected{};
    bool fails = false;
    void emit(int, Batch batch) override {
        for (std::size_t row = 0; row < batch.rows; ++row)
            rows.push_back(std::to_string(batch.positions.at(row)) + ": " + rowText(batch, row));
    }
    void watermark(int, Instant) override {}
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        if (fails) return {ErrorCode::Row, reason};
        rejected.push_back(std::to_string(batch.positions.at(row)) + ": " + english(reason));
        return {};
    }
    void countLate(std::size_t, Millis) override {}
};

Batch input(std::size_t count) {
    Batch batch;
    batch.schema = std::make_shared<const Schema>(
        Schema{{{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}}});
    batch.rows = count;
    batch.positions.first = 0;
    ColumnBuilder k(Type::of(TypeId::String)), v(Type::of(TypeId::Int));
    for (std::size_t i = 0; i < count; ++i) {
        k.appendString("key " + std::to_string(i % 5));
        v.append(static_cast<std::int32_t>(i));
    }
    batch.columns = {k.finish(), v.finish()};
    return batch;
}

std::shared_ptr<PythonFunction> functionOf(const char* code) {
    auto function = std::make_shared<PythonFunction>();
    function->code = code;
    function->python = interpreterOf({});
    function->input = input(0).schema;
    function->output = std::make_shared<const Schema>(
        Schema{{{"k", Type::of(TypeId::String)}, {"w", Type::of(TypeId::Bigint)}}});
    function->timeLimit = 30'000;
    return function;
}

struct Given {
    std::shared_ptr<PythonFunction> function{};
    bool nulls = false, fails = false;
    KeyGroups own{};
    std::vector<std::string> states{};  ///< that it goes on from
    std::size_t from = 0, to = 60, size = 60;
    bool keyed() const { return function->keyed; }
};

struct Ran {
    Collected out{};
    Status status{};
    std::string state{};
};

Ran run(const Given& given) {
    PythonPlan plan;
    plan.function = given.function;
    plan.fails = given.fails;
    if (given.keyed()) plan.keys = {0};
    MakeContext context;
    context.nullOnError = given.nulls;
    context.batchRows = 16;
    PythonOperator op(std::make_shared<const PythonPlan>(plan), context);
    Ran ran;
    ran.out.fails = given.fails;
    for (const std::string& state : given.states) {
        const auto reader = StateReader::open(state);
        ran.status = op.restore(*reader, given.own);
        if (!ran.status.ok()) return ran;
    }
    const Batch all = input(60);
    std::vector<std::uint64_t> hashes;
    hashKeys(all, std::vector<int>{0}, hashes);
    for (std::size_t at = given.from; at < given.to; at += given.size) {
        std::vector<std::uint32_t> mine;
        for (std::size_t row = at; row < std::min(at + given.size, given.to); ++row) {
            if (!given.keyed() || given.own.contains(keyGroupOf(hashes[row])))
                mine.push_back(static_cast<std::uint32_t>(row));
        }
        ran.status = op.onBatch(0, all.select(mine), ran.out);
        while (ran.status.ok() && op.hasMore()) ran.status = op.resume(ran.out);
        if (!ran.status.ok()) return ran;
    }
    StateWriter writer;
    ran.status = op.snapshot(writer);
    ran.state = writer.finish();
    return ran;
}

constexpr const char* kMany =
    "def process(row):\n"
    "    if row.v % 7 == 3: return None\n"
    "    return [{'w': i} for i in range(10 // (row.v % 4) + row.v % 3)]\n";
constexpr const char* kKeyed =
    "def process(row, state):\n"
    "    state['sum'] = state.get('sum', 0) + row.v\n"
    "    return {'w': state['sum']}\n";
constexpr const char* kOne =
    "total = 0\n"
    "def process(row):\n"
    "    global total\n"
    "    total += row.v\n"
    "    return {'w': total}\n"
    "def state(): return total\n"
    "def load(kept):\n"
    "    global total\n"
    "    total = kept\n";

std::string said(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

std::vector<std::string> sorted(std::vector<std::string> rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace

class TestPythonOperator : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        if (interpreterOf({}).empty()) QSKIP("There is no Python.");
    }

    void theSameHoweverTheInputIsCut() {
        for (const char* const code : {kMany, kKeyed, kOne}) {
            Given given{functionOf(code)};
            given.function->keyed = code == kKeyed;
            given.function->stateful = code == kOne;
            const Ran whole = run(given);
            QVERIFY2(whole.status.ok(), said(whole.status).c_str());
            QVERIFY(whole.out.rows.size() > 40);
            for (const std::size_t size : {1UL, 2UL, 7UL, 31UL}) {
                given.size = size;
                const Ran parts = run(given);
                QCOMPARE(parts.out.rows, whole.out.rows);
                QCOMPARE(parts.out.rejected, whole.out.rejected);
                QCOMPARE(parts.state, whole.state);
            }
        }
    }

    void aStateGoesOnAfterARestart() {
        for (const char* const code : {kKeyed, kOne}) {
            Given given{functionOf(code)};
            given.function->keyed = code == kKeyed;
            given.function->stateful = code == kOne;
            const Ran whole = run(given);
            for (const std::size_t at : {std::size_t{1}, std::size_t{17}, std::size_t{59}}) {
                Given first = given, second = given;
                first.to = second.from = at;
                const Ran before = run(first);
                second.states = {before.state};
                const Ran after = run(second);
                QVERIFY2(after.status.ok(), said(after.status).c_str());
                std::vector<std::string> rows = before.out.rows;
                rows.insert(rows.end(), after.out.rows.begin(), after.out.rows.end());
                QCOMPARE(rows, whole.out.rows);
                QCOMPARE(after.state, whole.state);
            }
        }
    }

    void keysGoOnAtAnotherDegree() {
        Given given{functionOf(kKeyed)};
        given.function->keyed = true;
        const Ran whole = run(given);
        Given part = given;
        std::vector<std::string> rows, states;
        for (int instance = 0; instance < 2; ++instance) {
            part.own = keyGroupsOf(instance, 2);
            part.to = 30;
            const Ran ran = run(part);
            rows.insert(rows.end(), ran.out.rows.begin(), ran.out.rows.end());
            states.push_back(ran.state);
        }
        for (int instance = 0; instance < 3; ++instance) {
            Given rest = given;
            rest.own = keyGroupsOf(instance, 3);
            rest.from = 30;
            rest.states = states;
            const Ran ran = run(rest);
            rows.insert(rows.end(), ran.out.rows.begin(), ran.out.rows.end());
        }
        QCOMPARE(sorted(rows), sorted(whole.out.rows));
    }

    void rowsThatEndTheProcessAreRejectedAlone() {
        Given given{
            functionOf("import os\ndef process(row):\n"
                       "  if row.v in (2, 9): os.abort()\n  return {'w': row.v}")};
        given.to = 12;
        const Ran ran = run(given);
        QCOMPARE(ran.out.rows.size(), std::size_t{10});
        QCOMPARE(ran.out.rejected,
                 (std::vector<std::string>{"2: The Python process ended: signal 6 (line 3).",
                                           "9: The Python process ended: signal 6 (line 3)."}));
        given.nulls = true;
        const Ran nulls = run(given);
        QCOMPARE(nulls.out.rows.size(), std::size_t{12});
        QCOMPARE(nulls.out.rows[9], std::string("9: k=key 4, w=NULL"));
        given.fails = true;
        const Ran failed = run(given);
        QVERIFY(!failed.status.ok());
        QCOMPARE(english(failed.status.error().message),
                 std::string(
                     "The function failed for rows 1 to 12: The Python process ended: signal 6 (line 3)."));
    }

    /// 21 of them: each row between takes a hundredth of one back.
    void manyRowsThatEndTheProcessFailTheRun() {
        const Given given{
            functionOf("import os\ndef process(row):\n"
                       "  if row.v % 2 == 0: os.abort()\n  return {'w': row.v}")};
        const Ran ran = run(given);
        QVERIFY(!ran.status.ok());
        const std::string said = english(ran.status.error().message);
        QVERIFY2(said.find("Too many rows end the Python process; with row 41:") == 0, said.c_str());
    }

    /// A state is that of before the row that ended the process.
    void statesOutliveTheProcess() {
        Given given{
            functionOf("import os\ndef process(row, state):\n"
                       "  if row.v == 7: os.abort()\n"
                       "  state['n'] = state.get('n', 0) + 1\n  return {'w': state['n']}")};
        given.function->keyed = true;
        given.to = 15;
        const Ran ran = run(given);
        QCOMPARE(ran.out.rejected.size(), std::size_t{1});
        QCOMPARE(ran.out.rows.size(), std::size_t{14});
        QCOMPARE(ran.out.rows[11], std::string("12: k=key 2, w=2"));
    }

    void aStateThatJsonHasNotIsAnError() {
        Given given{functionOf("def process(row, state):\n  state['x'] = (1, 2)\n  return {'w': 1}")};
        given.function->keyed = true;
        given.fails = true;
        const Ran ran = run(given);
        QVERIFY(!ran.status.ok());
        QVERIFY(english(ran.status.error()).find("what JSON has not") != std::string::npos);
    }

    void nullsInPlaceOfRowsThatFail() {
        Given given{functionOf("def process(row): return {'w': 12 // (row.v % 3)}")};
        given.nulls = true;
        given.to = 5;
        QCOMPARE(run(given).out.rows,
                 (std::vector<std::string>{"0: k=key 0, w=NULL", "1: k=key 1, w=12", "2: k=key 2, w=6",
                                           "3: k=key 3, w=NULL", "4: k=key 4, w=12"}));
    }

    void brokenStatesAreErrors() {
        Given given{functionOf(kKeyed)};
        given.function->keyed = true;
        StateWriter writer;
        writer.keyed("states", 3, 1, [](StateWriter& record) { record.u64("keys", 5); });
        given.states = {writer.finish()};
        QVERIFY(!run(given).status.ok());
    }
};

QTEST_APPLESS_MAIN(TestPythonOperator)
#include "test_python_operator.moc"
