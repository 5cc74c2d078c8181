// A million keys: their models in bounded memory, written and read back, whole and by key group, and as JSON.
#include <QtTest/QtTest>
#include <numeric>

#include "core/data/state_reader.h"
#include "core/learn/model_document.h"
#include "tests/support/sanitizer.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::size_t kBatch = 4'096;

class NoOutput final : public learn::LearningOutput {
    void scored(const learn::LearningRow&, learn::MadeRows&) override {}
};

learn::LearningPlan planOfKeys() {
    learn::LearningPlan plan;
    plan.node = "anomaly";
    plan.method = "weighted_z";
    plan.keyTypes = {Type::of(TypeId::Bigint)};
    plan.model = learn::knownModel("weighted_z")->make(1, {});
    learn::LearningInput rows;
    rows.names = {"x"};
    plan.inputs.push_back(rows);
    return plan;
}

Batch keysFrom(std::size_t first, std::size_t count) {
    ColumnBuilder builder(Type::of(TypeId::Bigint));
    for (std::size_t i = 0; i < count; ++i) builder.append(static_cast<std::int64_t>(first + i));
    Batch batch;
    batch.schema = std::make_shared<const Schema>(Schema{{{"k", Type::of(TypeId::Bigint)}}});
    batch.columns = {builder.finish()};
    batch.rows = count;
    return batch;
}

/// Each key learns two numbers of its own.
void learnKeys(learn::KeyModels& models, std::size_t keys) {
    const int columns[] = {0};
    std::vector<std::uint32_t> numbers;
    for (std::size_t first = 0; first < keys; first += kBatch) {
        const Batch batch = keysFrom(first, std::min(kBatch, keys - first));
        models.find(batch, columns, numbers);
        for (std::size_t row = 0; row < batch.rows; ++row) {
            learn::KeyState& state = models.at(numbers[row], 1'000);
            for (const double part : {0.25, 3.0}) {
                const double x[] = {static_cast<double>(first + row) * part + 0.1};
                state.model->learn({.features = x});
                ++state.rows;
            }
            models.changed(numbers[row]);
        }
    }
}

std::string stateOf(const learn::KeyModels& models) {
    StateWriter out;
    models.snapshot(out);
    return out.finish();
}

class TestManyKeys : public QObject {
    Q_OBJECT

    const learn::LearningPlan m_plan = planOfKeys();
    const NoOutput m_output{};

    void readInto(learn::KeyModels& models, const std::string& state, const KeyGroups& own) const {
        const Result<StateReader> reader = StateReader::open(state);
        QVERIFY(reader.ok());
        const Status read = models.restore(*reader, own);
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
    }

 private Q_SLOTS:
    void aMillionKeysAreWrittenAndReadBack() {
        const std::size_t keys = affordableCases(1'000'000, 50'000);
        learn::KeyModels models(m_plan, m_output);
        learnKeys(models, keys);
        QCOMPARE(models.keys(), keys);
        QVERIFY2(models.memoryBytes() < keys * 400,
                 QByteArray::number(models.memoryBytes() / keys).constData());
        const std::string state = stateOf(models);
        QVERIFY2(state.size() < keys * 400, QByteArray::number(state.size() / keys).constData());
        learn::KeyModels whole(m_plan, m_output);
        readInto(whole, state, {});
        QCOMPARE(whole.keys(), keys);
        QVERIFY(stateOf(whole) == state);
        QVERIFY2(whole.memoryBytes() < keys * 400,
                 QByteArray::number(whole.memoryBytes() / keys).constData());
    }

    /// Instances share them by key group: each key is with one.
    void instancesShareThem() {
        const std::size_t keys = affordableCases(100'000, 5'000);
        learn::KeyModels models(m_plan, m_output);
        learnKeys(models, keys);
        const std::string state = stateOf(models);
        const std::string document = learn::modelDocument(m_plan, models, "test");
        std::size_t restored = 0, imported = 0;
        for (int instance = 0; instance < 3; ++instance) {
            learn::KeyModels some(m_plan, m_output), taken(m_plan, m_output);
            readInto(some, state, keyGroupsOf(instance, 3));
            restored += some.keys();
            const Status status = learn::takeDocument(document, m_plan, keyGroupsOf(instance, 3), taken);
            QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
            imported += taken.keys();
            QCOMPARE(taken.keys(), some.keys());
        }
        QCOMPARE(restored, keys);
        QCOMPARE(imported, keys);
        learn::KeyModels all(m_plan, m_output);
        QVERIFY(learn::takeDocument(document, m_plan, {}, all).ok());
        QVERIFY(learn::modelDocument(m_plan, all, "test") == document);
    }

    /// Models of a file wait for their key; from its first row on they are forgotten like others.
    void importedKeysExpireBehindTheirRows() {
        learn::LearningPlan plan = planOfKeys();
        plan.ttl = 1'000;
        learn::KeyModels models(plan, m_output), taken(plan, m_output);
        learnKeys(models, 3);
        QVERIFY(learn::takeDocument(learn::modelDocument(plan, models, ""), plan, {}, taken).ok());
        CallBudget budget(1'000);
        QVERIFY(!taken.anyOver(1'000'000));
        taken.forgetOver(1'000'000, budget);
        QCOMPARE(taken.keys(), std::size_t{3});
        const int columns[] = {0};
        std::vector<std::uint32_t> numbers;
        taken.find(keysFrom(1, 1), columns, numbers);
        QCOMPARE(taken.at(numbers[0], 2'000'000).rows, std::uint64_t{2});
        taken.forgetOver(2'001'000, budget);
        QCOMPARE(taken.keys(), std::size_t{2});
        QCOMPARE(taken.at(numbers[0], 2'002'000).rows, std::uint64_t{0});
    }
};

}  // namespace

QTEST_APPLESS_MAIN(TestManyKeys)
#include "test_many_keys.moc"
