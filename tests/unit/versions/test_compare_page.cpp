// The page Compare versions: what differs between two versions as a picture and in words, what becomes of
// states, and one change taken back.
#include "widgets/versions/compare_page.h"

#include <QtWidgets/QtWidgets>

#include "core/history/version_history.h"
#include "core/pipeline/diff.h"
#include "core/pipeline/json/json.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/canvas/difference/difference_split.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"
#include "widgets/versions/changes_side.h"
#include "widgets/versions/effect_view.h"
#include "widgets/versions/lines_delegate.h"
#include "widgets/versions/version_keeper.h"
#include "widgets/versions/versions_side.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Mark = DifferencePicture::Mark;
using ChangeKind = VersionChange::Kind;

constexpr int kPatience = 30'000;

struct CompareFixture : SessionFixture {
    QTemporaryDir folder{};
    VersionKeeper keeper{document, session, nullptr};
    QSignalSpy kept{&keeper, &VersionKeeper::kept};
    QStringList told{};
    ComparePage page{parts, newDifferenceCanvas, [this](const QString& words) { told << words; }};
    NodeId source{}, filter{}, sums{};

    CompareFixture() {
        QObject::connect(&keeper, &VersionKeeper::kept, &page, &ComparePage::refresh);
        page.resize(1300, 800);
    }
    QString path() const { return folder.filePath(QStringLiteral("p.rill")); }
    /// Source, filter, window; saved.
    void build() {
        const Json rows{
            {"rate", 10},
            {"event_time", "ts"},
            {"columns",
             {"ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-01-01 00:00:00')", "n BIGINT = i"}}};
        source = document.addNode(nodeOf("generator", QStringLiteral("Readings"), rows), {0, 0});
        filter = document.addNodeBehind(
            nodeOf("filter", QStringLiteral("Plausible"), Json{{"condition", "n > 1"}}), {300, 0},
            {source, "out"});
        sums = document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("Sums"),
                   Json{{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS c"}}}),
            {600, 0}, {filter, "out"});
        save();
    }
    void save() {
        const qsizetype before = kept.size();
        QVERIFY(document.saveAs(path()).ok());
        QTRY_COMPARE(kept.size(), before + 1);
    }
    void open() {
        page.show();
        settle();
    }
    void settle() {
        QTest::qWait(100);  // longer than the page rests
        QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy(), kPatience);
        QCoreApplication::processEvents();
    }
    void chooseRow(int row, bool also = false) {
        QListView& list = page.versions().list();
        list.selectionModel()->select(list.model()->index(row, 0), also
                                                                       ? QItemSelectionModel::Select
                                                                       : QItemSelectionModel::ClearAndSelect);
        settle();
    }
    int rowOf(const QString& title) const {
        const VersionsModel& model = page.versions().model();
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, 0).data().toString() == title) return row;
        }
        return -1;
    }
    QStringList titles() const {
        QStringList all;
        for (const VersionChange& change : page.difference().changes) all << change.title;
        return all;
    }
    QString counts() const { return page.findChild<QLabel*>(QStringLiteral("change_counts"))->text(); }
    DifferenceView& picture() const { return static_cast<DifferenceSplit&>(page.canvas()).first(); }
    Mark markOf(const NodeId& id) const {
        for (const DifferenceCard* card : picture().cards()) {
            if (card->id() == id) return card->mark();
        }
        qFatal("no such card");
    }
    bool saysNothing() const {
        const QList<EmptyState*> all = page.findChildren<EmptyState*>();
        return std::any_of(all.begin(), all.end(), [this](const EmptyState* each) {
            return each->isVisible() && !page.effect().isAncestorOf(each);
        });
    }
};

}  // namespace

class TestComparePage : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
    }

    void saysWhatDiffersFromTheFile() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.document.setParam(fixture.sums, "aggregates", Json{"COUNT(*) AS c", "MAX(n) AS m"});
        fixture.document.remove({fixture.filter});
        const NodeId table =
            fixture.document.addNode(nodeOf("table_view", QStringLiteral("Rows"), {}), {900, 0});
        fixture.document.move({{fixture.source, {0, 300}}});
        fixture.document.setTitle(fixture.sums, QStringLiteral("Counts"));
        fixture.open();
        const VersionDifference& found = fixture.page.difference();
        QCOMPARE(fixture.titles(), (QStringList{"“Rows” added", "“Plausible” removed", "“Counts”: 2 settings",
                                                "Without effect on rows"}));
        QCOMPARE(found.changes[1].lines.front(), QStringLiteral("Filter between “Readings” and “Sums”"));
        QCOMPARE(found.changes[2].lines, (QStringList{"Size: 10s → 30s", "Aggregates: + MAX(n) AS m"}));
        QCOMPARE(found.changes[3].lines, (QStringList{"“Readings” moved", "“Sums” renamed to “Counts”"}));
        QCOMPARE(fixture.markOf(table), Mark::Added);
        QCOMPARE(fixture.markOf(fixture.filter), Mark::Removed);
        QCOMPARE(fixture.markOf(fixture.sums), Mark::Changed);
        QCOMPARE(fixture.markOf(fixture.source), Mark::Same);  // moved only
        QVERIFY2(fixture.counts().contains(QStringLiteral("+ 1 added")), qPrintable(fixture.counts()));
        QVERIFY2(fixture.counts().contains(QStringLiteral("1 node moved only")),
                 qPrintable(fixture.counts()));
        keepPicture(fixture.page, QStringLiteral("compare_page"));
    }

    void saysWhatBecomesOfStates() {
        CompareFixture fixture;
        fixture.build();
        // A node that leads nowhere does not run.
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Rows"), Json::object()), {900, 0},
                                       {fixture.sums, "out"});
        fixture.save();
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.open();
        auto* fates = fixture.page.findChild<QTableWidget*>(QStringLiteral("fates"));
        QStringList said;
        for (const QLabel* label : fixture.page.changes().findChildren<QLabel*>()) said << label->text();
        QVERIFY2(fates->rowCount() > 0, qPrintable(said.join(u'\n')));
        QCOMPARE(fates->item(0, 0)->text(), QStringLiteral("Sums"));
        QVERIFY2(fates->item(0, 1)->text().startsWith(QStringLiteral("Lost")),
                 qPrintable(fates->item(0, 1)->text()));
        QVERIFY(fixture.counts().contains(QStringLiteral("1 state lost")));
        for (const DifferenceCard* card : fixture.picture().cards()) {
            if (card->id() == fixture.sums) QCOMPARE(card->model().stripKind, StripKind::Warning);
        }
    }

    void aChangeIsTakenBackAsOneStep() {
        CompareFixture fixture;
        fixture.build();
        const std::string saved = savePipeline(fixture.document.pipeline());
        fixture.document.remove({fixture.filter});
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.open();
        QCOMPARE(fixture.titles(), (QStringList{"“Plausible” removed", "“Sums”: 1 setting"}));
        const int steps = fixture.document.undoStack().index();
        QListView& list = fixture.page.changes().list();
        const QRect row = list.visualRect(list.model()->index(0, 0));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, LinesDelegate::arrowIn(row).center());
        QCOMPARE(fixture.document.undoStack().index(), steps + 1);
        QVERIFY(fixture.document.node(fixture.filter) != nullptr);
        QCOMPARE(fixture.document.pipeline().wires.size(), std::size_t{2});
        QCOMPARE(fixture.titles(), QStringList{"“Sums”: 1 setting"});
        fixture.page.changes().choose(0);
        fixture.page.findChild<QPushButton*>(QStringLiteral("take_back_one"))->click();
        QVERIFY(fixture.saysNothing());
        QVERIFY(runAlike(fixture.document.pipeline(), loadPipeline(saved)->pipeline));
        fixture.document.undoStack().undo();
        fixture.document.undoStack().undo();
        fixture.settle();
        QCOMPARE(fixture.titles().size(), 2);
    }

    void whatHasNoEffectIsTakenBackToo() {
        CompareFixture fixture;
        const NoteId note = fixture.document.addNote({"about it", {0, 0}, {240, 80}, Json::object()});
        fixture.build();
        const std::string saved = savePipeline(fixture.document.pipeline());
        fixture.document.move({{fixture.source, {0, 300}}, {note, {10, 10}}});
        fixture.document.setTitle(fixture.sums, QStringLiteral("Counts"));
        fixture.document.addNote({"another", {0, 200}, {240, 80}, Json::object()});
        fixture.open();
        QCOMPARE(fixture.titles(), QStringList{"Without effect on rows"});
        const int steps = fixture.document.undoStack().index();
        Q_EMIT fixture.page.changes().takeBackRequested(0);
        QCOMPARE(fixture.document.undoStack().index(), steps + 1);
        QCOMPARE(savePipeline(fixture.document.pipeline()), saved);
    }

    /// Of every kind: what was added goes, what was removed comes, what was changed is as it was.
    void eachKindOfChangeIsTakenBack() {
        CompareFixture fixture;
        fixture.document.setVariables({{"gone", "1"}, {"other", "2"}});
        fixture.build();
        const Pipeline saved = fixture.document.pipeline();
        fixture.document.setVariables({{"other", "3"}, {"come", "4"}});
        Settings settings = saved.settings;
        settings.parallelism = 2;
        settings.unknown["checkpoint_every"] = "5s";
        fixture.document.setSettings(settings);
        fixture.document.remove({saved.wires.front()});
        fixture.document.connectPorts({fixture.source, "out"}, {fixture.sums, "in"});
        fixture.document.setDisabled({fixture.filter}, true);
        fixture.open();
        QVERIFY(fixture.titles().size() >= 7);
        for (int left = 20; left > 0 && !fixture.page.difference().changes.empty(); --left) {
            const qsizetype before = fixture.titles().size();
            Q_EMIT fixture.page.changes().takeBackRequested(0);
            QVERIFY2(fixture.titles().size() < before, qPrintable(fixture.titles().join(u'\n')));
        }
        QCOMPARE(savePipeline(fixture.document.pipeline()), savePipeline(saved));
    }

    void allIsTakenBackAtOnce() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.remove({fixture.filter});
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.open();
        const int steps = fixture.document.undoStack().index();
        fixture.page.findChild<QPushButton*>(QStringLiteral("take_back_all"))->click();
        QCOMPARE(fixture.document.undoStack().index(), steps + 1);
        QVERIFY(fixture.saysNothing());
    }

    /// It says so, and nothing else is done.
    void aChangeOfANodeThatHasGoneIsRefused() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.open();
        QCOMPARE(fixture.titles().size(), 1);
        fixture.document.remove({fixture.sums});  // the page has not looked yet
        const int steps = fixture.document.undoStack().index();
        Q_EMIT fixture.page.changes().takeBackRequested(0);
        QCOMPARE(fixture.document.undoStack().index(), steps);
        QCOMPARE(fixture.told.last(), QStringLiteral("“%1” is not in the pipeline any more.")
                                          .arg(QString::fromStdString(fixture.sums)));
        QCOMPARE(fixture.titles(), QStringList{"“Sums” removed"});
    }

    void twoVersionsOfTheHistoryAreCompared() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.setParam(fixture.filter, "condition", "n > 2");
        fixture.save();
        fixture.document.setParam(fixture.filter, "condition", "n > 3");
        fixture.save();
        fixture.document.setParam(fixture.filter, "condition", "n > 4");
        fixture.open();
        QCOMPARE(fixture.page.versions().model().rowCount(), 4);  // the newest is the file
        fixture.chooseRow(3);
        QCOMPARE(fixture.page.difference().changes.front().lines, QStringList{"Condition: n > 1 → n > 4"});
        fixture.chooseRow(1);
        QCOMPARE(fixture.page.difference().changes.front().lines, QStringList{"Condition: n > 3 → n > 4"});
        fixture.chooseRow(2, true);
        QCOMPARE(fixture.page.difference().changes.front().lines, QStringList{"Condition: n > 2 → n > 3"});
        QVERIFY(!fixture.page.findChild<QPushButton*>(QStringLiteral("take_back_all"))->isVisible());
    }

    void aDamagedVersionCanNotBeChosen() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.setParam(fixture.filter, "condition", "n > 2");
        fixture.save();
        const QDir history(QString::fromStdString(versionFolder(fixture.path().toStdString())));
        const auto versions = savedVersions(fixture.path().toStdString());
        const QString oldest = QString::fromStdString(versions->back().content);
        const QStringList texts = history.entryList({oldest + QStringLiteral("*")});
        QCOMPARE(texts.size(), 1);
        QFile text(history.filePath(texts.front()));
        QVERIFY(text.open(QFile::WriteOnly) && text.write("{ half") > 0);
        text.close();
        fixture.open();
        const VersionsModel& model = fixture.page.versions().model();
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex damaged = model.index(2, 0);
        QVERIFY(!damaged.flags().testFlag(Qt::ItemIsEnabled));
        QVERIFY(!damaged.data(Qt::ToolTipRole).toString().isEmpty());
        fixture.chooseRow(1);
        QVERIFY(fixture.saysNothing());  // the file, as it is in the window
    }

    void filesThatCanNotBeReadAreToldOf() {
        CompareFixture fixture;
        fixture.build();
        fixture.open();
        const auto tried = [&fixture](const QByteArray& text) {
            const QString path = fixture.folder.filePath(QStringLiteral("other.rill"));
            QFile file(path);
            QVERIFY(file.open(QFile::WriteOnly) && file.write(text) == text.size());
            file.close();
            fixture.page.compareWith(path);
            fixture.settle();
        };
        tried("{ half");
        QCOMPARE(fixture.told.size(), 1);
        tried(R"json({"rill": 99, "nodes": []})json");
        QCOMPARE(fixture.told.size(), 2);
        fixture.page.compareWith(fixture.folder.filePath(QStringLiteral("not_there.rill")));
        fixture.settle();
        QCOMPARE(fixture.told.size(), 3);
        QVERIFY(fixture.titles().isEmpty());
        tried(QByteArray::fromStdString(savePipeline({})));
        QCOMPARE(fixture.told.size(), 3);
        QCOMPARE(fixture.titles().size(), 3);  // all nodes are added
        QVERIFY(fixture.rowOf(QStringLiteral("other.rill")) > 0);
    }

    void emptyPipelinesDoNotDiffer() {
        CompareFixture fixture;
        fixture.open();
        QVERIFY(fixture.saysNothing());
        fixture.save();
        fixture.settle();
        QVERIFY(fixture.saysNothing());
        QVERIFY(fixture.titles().isEmpty());
    }

    void followsTheDocument() {
        CompareFixture fixture;
        fixture.build();
        fixture.open();
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.settle();
        QCOMPARE(fixture.titles(), (QStringList{"“Sums”: 1 setting"}));
        fixture.document.startEmpty();
        fixture.settle();
        QVERIFY(fixture.saysNothing());
        QCOMPARE(fixture.page.versions().model().rowCount(), 1);
        QVERIFY(fixture.document.open(fixture.path()).ok());
        fixture.settle();
        QVERIFY(fixture.saysNothing());
        fixture.page.hide();
        fixture.document.setParam(fixture.sums, "size", "20s");
        QTest::qWait(150);
        QVERIFY(fixture.titles().isEmpty());  // it is off
        fixture.open();
        QCOMPARE(fixture.titles().size(), 1);
    }

    void aSubflowIsOneNode() {
        CompareFixture fixture;
        QFile inner(fixture.folder.filePath(QStringLiteral("inner.rill")));
        QVERIFY(inner.open(QFile::WriteOnly));
        inner.write(
            R"json({"rill": 1, "nodes": [{"id": "in", "type": "subflow_input"}, {"id": "f", "type": "filter",
            "params": {"condition": "true"}}, {"id": "out", "type": "subflow_output"}],
            "wires": [{"from": "in", "to": "f"}, {"from": "f", "to": "out"}]})json");
        inner.close();
        fixture.build();
        fixture.document.addNode(nodeOf("subflow", QStringLiteral("Inner"), Json{{"file", "inner.rill"}}),
                                 {0, 400});
        fixture.open();
        QCOMPARE(fixture.titles(), QStringList{"“Inner” added"});
    }

    /// A node of another type in place of one: one goes, one comes.
    void aNodeOfAnotherTypeIsAnotherNode() {
        CompareFixture fixture;
        fixture.build();
        Pipeline other = fixture.document.pipeline();
        other.find(fixture.filter)->type = "limit";
        const QString path = fixture.folder.filePath(QStringLiteral("other.rill"));
        QVERIFY(savePipelineFile(other, path.toStdString()).ok());
        fixture.open();
        fixture.page.compareWith(path);
        fixture.settle();
        QCOMPARE(fixture.titles().size(), 2);
        QCOMPARE(fixture.picture().cards().size(), std::size_t{4});
        Q_EMIT fixture.page.changes().takeBackRequested(1);
        QCOMPARE(fixture.document.node(fixture.filter)->type, std::string("limit"));
        QCOMPARE(fixture.document.pipeline().wires.size(), std::size_t{2});
    }

    void aThousandNodes() {
        CompareFixture fixture;
        Pipeline many;
        for (int i = 0; i < 1000; ++i) {
            Node node;
            node.id = "n" + std::to_string(i);
            node.type = "filter";
            node.params = Json{{"condition", "a > 1"}};
            node.at = {200.0 * (i % 40), 160.0 * (i / 40)};
            if (i > 0)
                many.wires.push_back({{"n" + std::to_string(i - 1), "out"}, {node.id, "in"}, Json::object()});
            many.nodes.push_back(std::move(node));
        }
        QVERIFY(savePipelineFile(many, fixture.path().toStdString()).ok());
        QVERIFY(fixture.document.open(fixture.path()).ok());
        for (int i = 0; i < 1000; i += 2)
            fixture.document.setParam("n" + std::to_string(i), "condition", "a > 2");
        fixture.open();
        QCOMPARE(fixture.titles().size(), 500);
        QCOMPARE(fixture.picture().cards().size(), std::size_t{1000});
    }

    void nextChangeGoesAround() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.remove({fixture.filter});
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.open();
        auto* next = fixture.page.findChild<QPushButton*>(QStringLiteral("next_change"));
        for (const int row : {0, 1, 0}) {
            next->click();
            QCOMPARE(fixture.page.changes().current(), row);
        }
        const auto& cards = fixture.picture().cards();
        QVERIFY(std::any_of(cards.begin(), cards.end(), [&](const DifferenceCard* card) {
            return card->id() == fixture.filter && card->isChosen();
        }));
    }

    void sideBySideScrollsTogether() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.remove({fixture.filter});
        fixture.open();
        auto& split = static_cast<DifferenceSplit&>(fixture.page.canvas());
        split.setPictures({fixture.page.difference().before, fixture.page.difference().after},
                          fixture.catalogue, true);
        QVERIFY(split.second().isVisible());
        QCOMPARE(split.first().cards().size(), std::size_t{3});
        QCOMPARE(split.second().cards().size(), std::size_t{2});
        split.first().zoomTo(0.7, {10, 10});
        QCOMPARE(split.second().zoom(), 0.7);
        QCOMPARE(split.second().mapToScene(0, 0), split.first().mapToScene(0, 0));
    }

 private:
    std::unique_ptr<QTemporaryDir> m_data{};
};

QTEST_MAIN(TestComparePage)
#include "test_compare_page.moc"
