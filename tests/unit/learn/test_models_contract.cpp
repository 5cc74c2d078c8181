// The promises of core/learn/models/model.h, kept by every model over rows of every kind.
#include <QtTest/QtTest>
#include <cmath>
#include <cstring>
#include <random>

#include "core/data/state_layout.h"
#include "core/learn/models/stored_fields.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/learn/tried_models.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::size_t kRows = 300;

std::vector<ModelRow> rowsFor(const TriedModel& tried, RowShape kind, std::size_t count = kRows) {
    return rowsOf(kind, tried.factory->features(), tried.target, count);
}

/// Two kinds of rows behind each other, and the first again.
std::vector<ModelRow> mixed(const TriedModel& tried, RowShape kind) {
    std::vector<ModelRow> rows = rowsFor(tried, RowShape::Usual, kRows / 2);
    for (const RowShape next : {kind, RowShape::Usual}) {
        const std::vector<ModelRow> more = rowsFor(tried, next, kRows / 2);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    return rows;
}

QByteArray hex(const std::string& bits) { return QByteArray::fromStdString(bits).toHex(); }

}  // namespace

class TestModelsContract : public QObject {
    Q_OBJECT

    static void eachModel() {
        QTest::addColumn<std::size_t>("number");
        for (std::size_t i = 0; i < triedModels().size(); ++i) QTest::newRow(triedModels()[i].name.c_str()) << i;
    }
    static const TriedModel& modelOf(std::size_t number) { return triedModels()[number]; }

 private Q_SLOTS:
    void scoringChangesNothing_data() { eachModel(); }
    void scoringChangesNothing() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        const auto model = tried.factory->make(1);
        for (const ModelRow& row : rowsFor(tried, RowShape::Usual)) {
            const std::string before = stateOf(*model);
            const std::vector<double> once = said(*model, *tried.factory, row);
            const std::vector<double> again = said(*model, *tried.factory, row);
            QVERIFY(std::memcmp(once.data(), again.data(), once.size() * sizeof(double)) == 0);
            QCOMPARE(hex(stateOf(*model)), hex(before));
            model->learn(row.example());
        }
    }

    void isAFunctionOfItsSeedAndRows_data() { eachModel(); }
    void isAFunctionOfItsSeedAndRows() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        for (const RowShape kind : kRowShapes) {
            const std::vector<ModelRow> rows = mixed(tried, kind);
            const auto one = tried.factory->make(7), other = tried.factory->make(7);
            const auto between = tried.factory->make(8);  // another key's, whose rows come between
            std::string ofOne, ofOther;
            for (const ModelRow& row : rows) {
                ofOne += passed(*one, *tried.factory, &row, 1);
                (void)passed(*between, *tried.factory, &row, 1);
            }
            for (const ModelRow& row : rows) ofOther += passed(*other, *tried.factory, &row, 1);
            QVERIFY2(ofOne == ofOther, nameOf(kind));
        }
    }

    /// Nothing infinite, in fields and in outputs; nothing forgotten among the outputs.
    void staysFinite_data() { eachModel(); }
    void staysFinite() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        for (const RowShape kind : kRowShapes) {
            for (const std::vector<ModelRow>& rows : {rowsFor(tried, kind), mixed(tried, kind)}) {
                const auto model = tried.factory->make(1);
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    for (const double output : said(*model, *tried.factory, rows[row]))
                        QVERIFY2(!std::isinf(output) && output != -7, nameOf(kind));
                    model->learn(rows[row].example());
                    const std::string infinite = infiniteFields(*model);
                    QVERIFY2(infinite.empty(),
                             (nameOf(kind) + (", row " + std::to_string(row) + ":") + infinite).c_str());
                }
            }
        }
    }

    /// However often it is written, and read into a model that was made with another seed.
    void goesOnFromItsState_data() { eachModel(); }
    void goesOnFromItsState() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        for (const RowShape kind : kRowShapes) {
            const std::vector<ModelRow> rows = mixed(tried, kind);
            for (const std::size_t every : {1, 7, 40, 111}) {
                const auto whole = tried.factory->make(1);
                std::unique_ptr<learn::Model> resumed = tried.factory->make(1);
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    if (row % every == 0) {
                        const std::string bytes = stateOf(*resumed);
                        resumed = tried.factory->make(row + 2);
                        const Status status = readState(*resumed, bytes);
                        QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
                        QCOMPARE(hex(stateOf(*resumed)), hex(bytes));
                    }
                    QVERIFY2(passed(*whole, *tried.factory, &rows[row], 1) ==
                                 passed(*resumed, *tried.factory, &rows[row], 1),
                             (nameOf(kind) + (", row " + std::to_string(row))).c_str());
                }
            }
        }
    }

    /// Broken bytes are an error, or another model that keeps its promises.
    void damagedStateIsAnError_data() { eachModel(); }
    void damagedStateIsAnError() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        const std::vector<ModelRow> rows = rowsFor(tried, RowShape::Usual);
        std::mt19937 chance(1);
        int refused = 0;
        const auto cases = static_cast<int>(affordableCases(2'000, 200));
        for (int i = 0; i < cases; ++i) {
            const auto model = tried.factory->make(1), read = tried.factory->make(1);
            (void)passed(*model, *tried.factory, rows.data(), chance() % 200);
            std::string bytes = damaged(stateOf(*model).substr(state_layout::kSealSize), chance);
            const Status status = readRecord(*read, bytes);
            if (!status.ok()) {
                ++refused;
                continue;
            }
            (void)passed(*read, *tried.factory, rows.data(), 100);
            const std::string infinite = infiniteFields(*read);
            QVERIFY2(infinite.empty(), infinite.c_str());
        }
        QVERIFY2(refused > cases / 4, QByteArray::number(refused).constData());
    }

    void keepsBoundedMemory_data() { eachModel(); }
    void keepsBoundedMemory() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        const auto model = tried.factory->make(1);
        const auto learnt = [&](std::size_t count) {
            for (const ModelRow& row : rowsFor(tried, RowShape::Usual, count)) model->learn(row.example());
            return model->memoryBytes();
        };
        const std::size_t few = learnt(5'000), many = learnt(20'000);
        QVERIFY2(many <= few + few / 2 + 512,
                 (std::to_string(few) + " bytes, then " + std::to_string(many)).c_str());
        QVERIFY(stateOf(*model).size() < many + 4'096);
    }

 private:
    static Status readRecord(learn::Model& model, const std::string& bytes) {
        RW_TRY_ASSIGN(const StateReader state, StateReader::unsealed(bytes));
        learn::FieldsFromState fields(state);
        model.visit(fields);
        return fields.status();
    }

    /// Bytes changed, cut, doubled or put in.
    static std::string damaged(std::string bytes, std::mt19937& chance) {
        const auto at = [&] { return chance() % bytes.size(); };
        switch (chance() % 5) {
            case 0: bytes[at()] = static_cast<char>(chance()); break;
            case 1: bytes.resize(at()); break;
            case 2: bytes.insert(at(), 1 + chance() % 9, static_cast<char>(chance())); break;
            case 3: {  // a number of the state: its bytes are likely among these
                const std::size_t from = at();
                for (std::size_t i = from; i < std::min(from + 8, bytes.size()); ++i)
                    bytes[i] = static_cast<char>(chance() % 3 == 0 ? 0xFF : chance());
                break;
            }
            default: bytes.erase(at(), 1 + chance() % 9); break;
        }
        return bytes;
    }
};

QTEST_APPLESS_MAIN(TestModelsContract)
#include "test_models_contract.moc"
