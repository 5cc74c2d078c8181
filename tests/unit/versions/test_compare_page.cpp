// The page Compare versions: what differs between two versions as a picture and in words, what becomes of
// states, and one change taken back.
#include <QtWidgets/QtWidgets>

#include "core/pipeline/diff.h"
#include "core/pipeline/json/json.h"
#include "tests/unit/versions/compare_fixture.h"
#include "widgets/theme/theme.h"
#include "widgets/versions/lines_delegate.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Mark = DifferencePicture::Mark;

/// The colours along the upper edge of a card, between its round corners, from its own painting.
std::vector<QRgb> edgeOf(DifferenceCard& card) {
    const QRectF bounds = card.boundingRect();
    QImage image(bounds.size().toSize() + QSize(1, 1), QImage::Format_RGB32);
    image.fill(Theme::of().tokens().bg);
    QPainter painter(&image);
    painter.translate(-bounds.topLeft());
    card.paint(&painter, nullptr, nullptr);
    painter.end();
    const QRectF rect = card.mapRectFromScene(card.cardRect()).translated(-bounds.topLeft());
    std::vector<QRgb> colors;
    for (double x = rect.left() + 12; x < rect.right() - 12; ++x)
        colors.push_back(image.pixel(static_cast<int>(x), static_cast<int>(rect.top() + 1)));
    return colors;
}

/// In how many pieces the edge is drawn.
int piecesOf(const std::vector<QRgb>& edge, const QColor& color) {
    int pieces = 0;
    for (std::size_t i = 0; i < edge.size(); ++i)
        pieces += edge[i] == color.rgb() && (i == 0 || edge[i - 1] != color.rgb()) ? 1 : 0;
    return pieces;
}

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
        QCOMPARE(fixture.card(table).model().badge, QStringLiteral("+"));
        QCOMPARE(fixture.card(fixture.filter).model().badge, QStringLiteral("−"));
        QCOMPARE(fixture.card(fixture.sums).model().badge, QStringLiteral("Δ 2"));
        QVERIFY(fixture.card(fixture.source).model().badge.isEmpty());
        QVERIFY2(fixture.counts().contains(QStringLiteral("+ 1 added")), qPrintable(fixture.counts()));
        QVERIFY2(fixture.counts().contains(QStringLiteral("1 node moved only")),
                 qPrintable(fixture.counts()));
        keepPicture(fixture.page, QStringLiteral("compare_page"));
    }

    /// Whoever tells no colours apart sees what has gone by its dashes.
    void whatHasGoneIsDashed() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.remove({fixture.filter});
        fixture.document.setParam(fixture.sums, "size", "30s");
        const NodeId table =
            fixture.document.addNode(nodeOf("table_view", QStringLiteral("Rows"), {}), {900, 0});
        fixture.open();
        const Tokens& tokens = Theme::of().tokens();
        QVERIFY(piecesOf(edgeOf(fixture.card(fixture.filter)), tokens.error.line) > 5);
        QCOMPARE(piecesOf(edgeOf(fixture.card(fixture.sums)), tokens.warn.line), 1);
        QCOMPARE(piecesOf(edgeOf(fixture.card(table)), tokens.ok.line), 1);
        QCOMPARE(piecesOf(edgeOf(fixture.card(fixture.source)), tokens.error.line), 0);
        QVERIFY(fixture.card(fixture.filter).opacity() < fixture.card(fixture.sums).opacity());
    }

    /// A node that was added had nothing to lose.
    void whatIsNewIsNotLost() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Rows"), Json::object()), {900, 0},
                                       {fixture.sums, "out"});
        fixture.save();
        const NodeId more = fixture.document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("More"),
                   Json{{"window", "tumble"}, {"size", "1h"}, {"aggregates", {"COUNT(*) AS c"}}}),
            {600, 300}, {fixture.filter, "out"});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Hours"), Json::object()),
                                       {900, 300}, {more, "out"});
        fixture.open();
        const auto* fates = fixture.page.findChild<QTableWidget*>(QStringLiteral("fates"));
        QString said;
        for (int row = 0; row < fates->rowCount(); ++row) {
            if (fates->item(row, 0)->text() == QLatin1String("More")) said = fates->item(row, 1)->text();
        }
        QCOMPARE(said, QStringLiteral("New, begins empty"));
        QVERIFY2(!fixture.counts().contains(QStringLiteral("lost")), qPrintable(fixture.counts()));
        QCOMPARE(fixture.card(more).model().stripKind, StripKind::None);
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
        settings.stateMemory = "64MB";
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
