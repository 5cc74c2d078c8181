// Values that could not be read, in the profiles of the columns that they are of.
#include "core/look/look_profile.h"
#include "tests/unit/look/looks.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kReadings =
    "id,value,unit\n"
    "1,10.5,C\n"
    "2,n/a,C\n"
    "x,7,C\n"
    "y,z,C\n"
    "5,,F\n"
    "6,1\n";
constexpr const char* kReadingsSource =
    R"json({ "id": "readings", "type": "csv_source", "params": { "path": "readings.csv",
        "columns": ["id BIGINT", "value DOUBLE", "unit STRING"] } })json";
constexpr const char* kCelsius =
    R"json({ "id": "celsius", "type": "filter", "params": { "condition": "unit = 'C'" } })json";
constexpr const char* kReadingsToCelsius = R"json({ "from": "readings", "to": "celsius" })json";

const ColumnProfile& columnIn(const std::vector<ColumnProfile>& profiles, const char* name) {
    for (const ColumnProfile& profile : profiles) {
        if (profile.name == name) return profile;
    }
    qFatal("there is no column %s", name);
}

std::vector<ColumnProfile> inputOf(const LookResult& result) {
    return profileOfInput(result, matchRows(result), 0);
}

/// What a select of a text as a number has at its input.
std::vector<ColumnProfile> readAsNumber(const char* orders, const char* expression) {
    LookFixture fixture;
    fixture.write("orders.csv", orders);
    fixture.setPipeline(std::string(kOrdersSource) +
                            R"json(, { "id": "amounts", "type": "select", "params": { "columns": [")json" +
                            expression + R"json("] } })json",
                        R"json({ "from": "orders", "to": "amounts" })json");
    const LookResult result = fixture.look("amounts");
    if (result.end != LookResult::End::Whole) qFatal("%s", faultsOf(result).constData());
    return inputOf(result);
}

}  // namespace

class TestLookProfile : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Of a row with two of them the first column counts, and one of another number of fields is of none.
    void aSourceTellsTheColumn() {
        LookFixture fixture;
        fixture.write("readings.csv", kReadings);
        fixture.setPipeline(kReadingsSource, "");
        const LookResult result = fixture.look("readings");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.nodes.at("readings").rejected, std::uint64_t{4});
        const std::vector<ColumnProfile> profiles = profileOf(result.outputs.at(0));
        QCOMPARE(columnIn(profiles, "id").unreadBySource, std::size_t{2});
        QCOMPARE(columnIn(profiles, "value").unreadBySource, std::size_t{1});
        QCOMPARE(columnIn(profiles, "unit").unread(), std::size_t{0});
        QCOMPARE(columnIn(profiles, "value").rows, std::size_t{2});
        // The rejected rows themselves were all read.
        for (const LookedPort& port : result.outputs) {
            if (!port.type.rejected) continue;
            for (const ColumnProfile& profile : profileOf(port)) QCOMPARE(profile.unread(), std::size_t{0});
        }
    }

    void rowsFromTheSourceHaveIt() {
        LookFixture fixture;
        fixture.write("readings.csv", kReadings);
        fixture.setPipeline(std::string(kReadingsSource) + ", " + kCelsius, kReadingsToCelsius);
        const LookResult result = fixture.look("celsius");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(columnIn(inputOf(result), "id").unreadBySource, std::size_t{2});
        QCOMPARE(columnIn(inputOf(result), "id").unreadByNode, std::size_t{0});
        // Those behind the filter are not the source's any more.
        QCOMPARE(columnIn(profileOf(result.outputs.at(0)), "id").unread(), std::size_t{0});
    }

    void messagesTellTheColumn() {
        LookFixture fixture;
        fixture.write("readings.ndjson",
                      "{\"id\":1,\"value\":1.5}\n{\"id\":\"x\"}\n{\"id\":2,\"value\":[]}\n{\n");
        fixture.setPipeline(
            R"json({ "id": "readings", "type": "ndjson_source", "params": { "path": "readings.ndjson",
                "columns": ["id BIGINT", "value DOUBLE"] } })json",
            "");
        const LookResult result = fixture.look("readings");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        const std::vector<ColumnProfile> profiles = profileOf(result.outputs.at(0));
        QCOMPARE(columnIn(profiles, "id").unreadBySource, std::size_t{1});
        QCOMPARE(columnIn(profiles, "value").unreadBySource, std::size_t{1});
    }

    /// A value that the node turns into a number is found by its text.
    void theNodesCastIsOfItsColumn() {
        const std::vector<ColumnProfile> profiles = readAsNumber(kOrders, "CAST(amount AS DOUBLE) AS eur");
        QCOMPARE(columnIn(profiles, "amount").unreadByNode, std::size_t{1});
        QCOMPARE(columnIn(profiles, "amount").rows, std::size_t{5});
        QCOMPARE(columnIn(profiles, "shop").unread(), std::size_t{0});
    }

    /// Where two columns have the text, or the node changed it, no column is blamed.
    void noColumnIsBlamedWithoutReason() {
        const std::vector<ColumnProfile> twice = readAsNumber(
            "id,ts,shop,amount\n1,2024-03-01 09:00:01,n/a,n/a\n", "CAST(amount AS DOUBLE) AS eur");
        QCOMPARE(columnIn(twice, "amount").unread(), std::size_t{0});
        QCOMPARE(columnIn(twice, "shop").unread(), std::size_t{0});
        const std::vector<ColumnProfile> made = readAsNumber(kOrders, "CAST(amount || '!' AS DOUBLE) AS eur");
        for (const ColumnProfile& profile : made) QCOMPARE(profile.unread(), std::size_t{0});
        const std::vector<ColumnProfile> other = readAsNumber(kOrders, "1 / (id - 4) AS part");
        for (const ColumnProfile& profile : other) QCOMPARE(profile.unread(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestLookProfile)
#include "test_look_profile.moc"
