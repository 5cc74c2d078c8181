// sample: which rows go on, that they are the same however they come, and whole rows of changing streams.
#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <set>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::size_t kRows = 4'000;

const NodeKind& sampleNode() {
    static const Catalogue kKinds = builtin();
    return *kKinds.find("sample");
}

StreamType inOrder() {
    StreamType stream = sampleStream();
    stream.sourceOrder = true;
    return stream;
}

std::vector<std::string> kept(const Json& params, const StreamType& stream, const std::vector<Batch>& input) {
    const BoundForTest bound = bindNode(sampleNode(), params, {{stream}});
    if (!bound.node) qFatal("%s", bound.said().c_str());
    const Driven driven = drive(sampleNode(), bound.node, {stream}, input);
    if (!driven.status.ok() || !driven.problems.empty()) qFatal("the contract is broken");
    return driven.ports[0].rows;
}

std::size_t common(std::vector<std::string> a, std::vector<std::string> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both.size();
}

/// Where the rows stood that go on.
class Places final : public Output {
 public:
    explicit Places(std::set<std::int64_t>& found) : m_found(found) {}
    void emit(int, Batch batch) override {
        for (std::size_t row = 0; row < batch.rows; ++row) m_found.insert(batch.positions.at(row));
    }
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}

 private:
    std::set<std::int64_t>& m_found;
};

/// Rows that differ all.
std::vector<Row> distinctRows() {
    std::vector<Row> rows = sampleRows(kRows, 1);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][2] = static_cast<double>(i);
    return rows;
}

}  // namespace

class TestSample : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void keepsItsShare_data() {
        QTest::addColumn<double>("fraction");
        for (const double fraction : {0.0, 0.05, 0.5, 0.9, 1.0})
            QTest::newRow(qPrintable(QString::number(fraction))) << fraction;
    }
    void keepsItsShare() {
        QFETCH(double, fraction);
        const auto rows = kept({{"fraction", fraction}}, inOrder(), batches(inOrder(), distinctRows(), 100));
        const double share = static_cast<double>(rows.size()) / kRows;
        QVERIFY2(std::abs(share - fraction) < 0.03, qPrintable(QString::number(share)));
        if (fraction == 0.0 || fraction == 1.0) QCOMPARE(share, fraction);
    }

    void theSeedDecides() {
        const auto input = batches(inOrder(), distinctRows(), 100);
        const auto one = kept({{"fraction", 0.5}}, inOrder(), input);
        QVERIFY(kept({{"fraction", 0.5}, {"seed", 1}}, inOrder(), input) == one);
        const std::size_t both = common(one, kept({{"fraction", 0.5}, {"seed", 2}}, inOrder(), input));
        QVERIFY2(both > kRows / 5 && both < 3 * kRows / 10, qPrintable(QString::number(both)));
        // A smaller share of one seed is a part of the larger.
        const auto fewer = kept({{"fraction", 0.1}}, inOrder(), input);
        QCOMPARE(common(one, fewer), fewer.size());
    }

    /// Equal rows are told apart by their places, and those of two wires go each for itself.
    void rowsGoByWireAndPosition() {
        std::vector<Row> rows(kRows, sampleRows(1, 1).front());
        const auto alike = kept({{"fraction", 0.5}}, inOrder(), batches(inOrder(), rows, 100));
        QVERIFY(alike.size() > kRows / 3 && alike.size() < 2 * kRows / 3);
        const BoundForTest bound = bindNode(sampleNode(), {{"fraction", 0.5}}, {{inOrder()}});
        std::set<std::int64_t> places[2];
        for (int wire = 0; wire < 2; ++wire) {
            Result<Made> made = sampleNode().make(*bound.node, MakeContext{});
            auto& op = *std::get<std::unique_ptr<Operator>>(*made);
            Places out(places[wire]);
            for (Batch batch : batches(inOrder(), distinctRows(), 100)) {
                batch.wire = firstWireOf(wire);
                QVERIFY(op.onBatch(0, batch, out).ok());
            }
        }
        QVERIFY(places[0].size() > kRows / 3 && places[1].size() > kRows / 3 && places[0] != places[1]);
    }

    /// Made rows and rejected ones have no position.
    void rowsWithoutPositionGoByTheirColumns_data() {
        QTest::addColumn<bool>("made");
        QTest::newRow("made") << true;
        QTest::newRow("rejected") << false;
    }
    void rowsWithoutPositionGoByTheirColumns() {
        QFETCH(bool, made);
        StreamType stream = sampleStream();
        stream.eventTime = -1;
        (made ? stream.made : stream.rejected) = true;
        const auto shuffled = [&](std::size_t size, bool backwards) {
            std::vector<Row> rows = distinctRows();
            if (backwards) std::reverse(rows.begin(), rows.end());
            std::vector<Batch> input = batches(stream, rows, size);
            for (Batch& batch : input) batch.positions = {};
            auto found = kept({{"fraction", 0.3}}, stream, input);
            std::sort(found.begin(), found.end());
            return found;
        };
        const auto forward = shuffled(7, false);
        QVERIFY(forward.size() > kRows / 5 && forward.size() < 2 * kRows / 5);
        QVERIFY(forward == shuffled(100, true));
        const BoundForTest bound = bindNode(sampleNode(), {{"fraction", 0.3}}, {{stream}});
        const ColumnSet nobody(5, false), everything(5, true);
        QVERIFY(bound.node->reads({nobody}, {stream}).front() == everything);
        const BoundForTest placed = bindNode(sampleNode(), {{"fraction", 0.3}}, {{inOrder()}});
        QVERIFY(placed.node->reads({nobody}, {inOrder()}).front() == nobody);
    }

    void changesOfARowStayTogether() {
        StreamType changing = sampleStream();
        changing.updating = true;
        changing.key = {1};
        std::vector<Row> rows = distinctRows();
        std::vector<RowKind> kinds;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i][1] = static_cast<std::int32_t>(i / 4);
            constexpr RowKind kLife[] = {RowKind::Insert, RowKind::UpdateBefore, RowKind::UpdateAfter,
                                         RowKind::Delete};
            kinds.push_back(kLife[i % 4]);
        }
        std::vector<Batch> input = batches(changing, rows, kRows);
        input.front().kinds = std::make_shared<const std::vector<RowKind>>(kinds);
        std::map<std::string, std::string> lives;
        const auto found = kept({{"fraction", 0.5}}, changing, {input.front()});
        for (const std::string& row : found) {
            const std::size_t at = row.find("v=");
            lives[row.substr(at, row.find(',', at) - at)] += row.substr(0, 2);
        }
        QVERIFY(lives.size() > kRows / 12 && lives.size() < kRows / 6);
        for (const auto& [key, life] : lives) QVERIFY2(life == "+I-U+U-D", life.c_str());
        // Without a key the halves of a change are rows of their own.
        changing.key.clear();
        for (const std::string& row : kept({{"fraction", 0.5}}, changing, {input.front()}))
            QVERIFY2(row.starts_with("+I") || row.starts_with("-D"), row.c_str());
    }

    void stampsStay() {
        const auto rows = kept({{"fraction", 0.5}}, inOrder(), batches(inOrder(), distinctRows(), 1));
        const auto all = kept({{"fraction", 1}}, inOrder(), batches(inOrder(), distinctRows(), 100));
        QVERIFY(std::any_of(rows.begin(), rows.end(),
                            [](const std::string& row) { return row.find(" after ") != std::string::npos; }));
        QCOMPARE(common(rows, all), rows.size());
    }
};

QTEST_APPLESS_MAIN(TestSample)
#include "test_sample.moc"
