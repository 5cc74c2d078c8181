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
const std::vector<std::size_t> kCuts{1, 7, 40};

std::vector<ModelRow> rowsFor(const TriedModel& tried, RowShape shape, std::size_t count = kRows) {
    return rowsOf(shape, tried.factory->features(), tried.target, tried.counts, count);
}

/// Two kinds of rows behind each other, and the first again.
std::vector<ModelRow> mixed(const TriedModel& tried, RowShape shape) {
    std::vector<ModelRow> rows = rowsFor(tried, RowShape::Usual, kRows / 2);
    for (const RowShape next : {shape, RowShape::Usual}) {
        const std::vector<ModelRow> more = rowsFor(tried, next, kRows / 2);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    return rows;
}

/// How a model that is left and gone on with after so many rows, each time, differs from one that is not.
std::string faultOfRestarts(const TriedModel& tried, const std::vector<ModelRow>& rows, std::size_t every) {
    const auto whole = tried.factory->make(1);
    std::unique_ptr<learn::Model> resumed = tried.factory->make(1);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::string where = "row " + std::to_string(row);
        if (row % every == 0) {
            const std::string bytes = stateOf(*resumed);
            if (stateOf(*whole) != bytes) return where + ": another state";
            resumed = tried.factory->make(row + 2);
            if (const Status read = readState(*resumed, bytes); !read.ok())
                return where + ": " + english(read.error());
            if (stateOf(*resumed) != bytes) return where + ": the state that was read is written otherwise";
        }
        if (passed(*whole, *tried.factory, rows[row]) != passed(*resumed, *tried.factory, rows[row]))
            return where + ": other outputs";
    }
    return {};
}

}  // namespace

class TestModelsContract : public QObject {
    Q_OBJECT

    static void eachModel() {
        QTest::addColumn<std::size_t>("number");
        for (std::size_t i = 0; i < triedModels().size(); ++i)
            QTest::newRow(triedModels()[i].name.c_str()) << i;
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
            QVERIFY(stateOf(*model) == before);
            model->learn(row.example());
        }
    }

    void isAFunctionOfItsSeedAndRows_data() { eachModel(); }
    void isAFunctionOfItsSeedAndRows() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        for (const RowShape shape : kRowShapes) {
            const std::vector<ModelRow> rows = mixed(tried, shape);
            const auto one = tried.factory->make(7), other = tried.factory->make(7);
            const auto between = tried.factory->make(8);  // another key's, whose rows come between
            std::string ofOne, ofOther;
            for (const ModelRow& row : rows) {
                ofOne += passed(*one, *tried.factory, row);
                (void)passed(*between, *tried.factory, row);
            }
            for (const ModelRow& row : rows) ofOther += passed(*other, *tried.factory, row);
            QVERIFY2(ofOne == ofOther && stateOf(*one) == stateOf(*other), nameOf(shape));
        }
    }

    /// Nothing infinite, in fields and in outputs; nothing forgotten among the outputs.
    void staysFinite_data() { eachModel(); }
    void staysFinite() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        for (const RowShape shape : kRowShapes) {
            for (const std::vector<ModelRow>& rows : {rowsFor(tried, shape), mixed(tried, shape)}) {
                const auto model = tried.factory->make(1);
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    for (const double output : said(*model, *tried.factory, rows[row]))
                        QVERIFY2(!std::isinf(output) && output != -7, nameOf(shape));
                    model->learn(rows[row].example());
                    const std::string infinite = infiniteFields(*model);
                    QVERIFY2(infinite.empty(),
                             (nameOf(shape) + (", row " + std::to_string(row) + ":") + infinite).c_str());
                }
            }
        }
    }

    /// However often it is written, and read into a model that was made with another seed.
    void goesOnFromItsState_data() { eachModel(); }
    void goesOnFromItsState() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        for (const RowShape shape : kRowShapes) {
            for (const std::size_t every : tried.large ? std::vector<std::size_t>{111} : kCuts) {
                const std::string fault = faultOfRestarts(tried, mixed(tried, shape), every);
                QVERIFY2(fault.empty(), (nameOf(shape) + (": " + fault)).c_str());
            }
        }
    }

    /// A model that was exported and imported says the same of further rows, of all kinds, to the last bit.
    void goesOnFromItsJson_data() { eachModel(); }
    void goesOnFromItsJson() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        for (const RowShape shape : kRowShapes) {
            const auto model = tried.factory->make(1), read = tried.factory->make(2);
            for (const ModelRow& row : mixed(tried, shape)) model->learn(row.example());
            const std::string json = jsonOf(*model);
            const Status status = readJson(*read, json);
            QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
            QVERIFY2(jsonOf(*read) == json && stateOf(*read) == stateOf(*model), nameOf(shape));
            for (const RowShape next : {shape, RowShape::Usual}) {
                for (const ModelRow& row : rowsFor(tried, next, 500))
                    QVERIFY2(passed(*read, *tried.factory, row) == passed(*model, *tried.factory, row),
                             nameOf(shape));
            }
        }
    }

    /// A broken text is an error, or another model that keeps its promises.
    void damagedJsonIsAnError_data() { eachModel(); }
    void damagedJsonIsAnError() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        const std::vector<ModelRow> rows = rowsFor(tried, RowShape::Usual);
        const auto model = tried.factory->make(1);
        for (std::size_t row = 0; row < 200; ++row) model->learn(rows[row].example());
        const std::string json = jsonOf(*model);
        std::mt19937 chance(1);
        int refused = 0;
        const auto cases = static_cast<int>(affordableCases(tried.large ? 50 : 1'000, 50));
        for (int i = 0; i < cases; ++i) {
            const auto read = tried.factory->make(1);
            if (!readJson(*read, damaged(json, chance)).ok()) {
                ++refused;
                continue;
            }
            for (std::size_t row = 0; row < 100; ++row) (void)passed(*read, *tried.factory, rows[row]);
            const std::string infinite = infiniteFields(*read);
            QVERIFY2(infinite.empty(), infinite.c_str());
        }
        QVERIFY2(refused > cases / 4, QByteArray::number(refused).constData());
    }

    /// Broken bytes are an error, or another model that keeps its promises.
    void damagedStateIsAnError_data() { eachModel(); }
    void damagedStateIsAnError() {
        QFETCH(std::size_t, number);
        const TriedModel& tried = modelOf(number);
        const std::vector<ModelRow> rows = rowsFor(tried, RowShape::Usual);
        std::mt19937 chance(1);
        int refused = 0;
        const auto cases = static_cast<int>(affordableCases(tried.large ? 50 : 1'000, 50));
        for (int i = 0; i < cases; ++i) {
            const auto model = tried.factory->make(1), read = tried.factory->make(1);
            for (std::size_t row = chance() % 200; row < 200; ++row) model->learn(rows[row].example());
            std::string bytes = damaged(stateOf(*model).substr(state_layout::kSealSize), chance);
            const Status status = readRecord(*read, bytes);
            if (!status.ok()) {
                ++refused;
                continue;
            }
            for (std::size_t row = 0; row < 100; ++row) (void)passed(*read, *tried.factory, rows[row]);
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
            case 0:
                bytes[at()] = static_cast<char>(chance());
                break;
            case 1:
                bytes.resize(at());
                break;
            case 2:
                bytes.insert(at(), 1 + chance() % 9, static_cast<char>(chance()));
                break;
            case 3: {  // a number of the state: its bytes are likely among these
                const std::size_t from = at();
                for (std::size_t i = from; i < std::min(from + 8, bytes.size()); ++i)
                    bytes[i] = static_cast<char>(chance() % 3 == 0 ? 0xFF : chance());
                break;
            }
            default:
                bytes.erase(at(), 1 + chance() % 9);
                break;
        }
        return bytes;
    }
};

QTEST_APPLESS_MAIN(TestModelsContract)
#include "test_models_contract.moc"
