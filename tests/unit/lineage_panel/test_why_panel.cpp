// The Why panel: a row that another panel shows leads to the rows that made it, a missing one to where its
// rows ended; and what it says when there is no answer, or it is of a pipeline that was.
#include <QtWidgets/QtWidgets>

#include "tests/unit/lineage_panel/why_fixture.h"
#include "widgets/session/words/kept_input_text.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestWhyPanel : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void aRowOfTheRunLeadsToItsSources() {
        WhyFixture fixture;
        (void)fixture.ran(fixture.sums);
        QCOMPARE(fixture.data.model().rowCount(), 3);
        auto& table = tableIn(fixture.data, "Rows");
        QCOMPARE(table.contextMenuPolicy(), Qt::ActionsContextMenu);
        QStringList offered;
        for (const QAction* action : table.actions()) offered << action->text();
        QCOMPARE(offered, (QStringList{"Copy the rows", "Wh&y this row?"}));
        int graz = -1;
        for (int row = 0; row < fixture.data.model().rowCount() && graz < 0; ++row) {
            for (int column = 0; column < fixture.data.model().columnCount(); ++column) {
                if (fixture.data.model().index(row, column).data().toString() == QLatin1String("graz"))
                    graz = row;
            }
        }
        table.setCurrentIndex(fixture.data.model().index(graz, 0));
        QSignalSpy opened(&fixture.panel, &Pane::openRequested);
        table.actions().back()->trigger();
        QCOMPARE(opened.size(), 1);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        QVERIFY(fixture.choose(0).contains(QStringLiteral("The row of “Sums”")));
        // Up to the source, where a row has its place.
        const auto& steps = fixture.panel.steps().steps();
        int source = -1;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].kind == Kind::Rows && steps[i].node == fixture.orders) source = static_cast<int>(i);
        }
        QVERIFY(source > 0);
        QVERIFY2(fixture.choose(source).contains(QStringLiteral("1 row of “Orders”")),
                 qPrintable(fixture.choose(source)));
        QVERIFY2(fixture.cell(0, 0).contains(QLatin1String("row 1")), qPrintable(fixture.line(0)));
        QVERIFY(fixture.line(0).contains(QLatin1String("10")));
        // What had no part: the one that the filter took away, and the one that was late.
        const int filtered = fixture.find(Kind::Filtered), late = fixture.find(Kind::Late);
        QVERIFY(filtered > 0 && late > 0);
        QVERIFY(fixture.choose(filtered).contains(QStringLiteral("left out by “Good”")));
        QVERIFY2(
            fixture.line(0).contains(QLatin1String("-5")) && fixture.line(0).contains(QLatin1String("false")),
            qPrintable(fixture.line(0)));
        QVERIFY(fixture.choose(late).contains(QStringLiteral("too late for “Sums”")));
        QVERIFY2(fixture.line(0).contains(QLatin1String("Late by")), qPrintable(fixture.line(0)));
        QVERIFY(fixture.find(Kind::Window) == 1);
        QVERIFY(fixture.labels().contains(QStringLiteral("Why this row of “Sums”?")));
        keepPicture(fixture.panel, QStringLiteral("why"));
    }

    void everythingCanBeCopied() {
        WhyFixture fixture;
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.find(Kind::Row) == 0);
        toolIn(fixture.panel, "Copy the answer").click();
        const QString all = QGuiApplication::clipboard()->text();
        QVERIFY2(all.startsWith(QLatin1String("Sums: shop = 'wien'\n")) &&
                     all.contains(QStringLiteral("1 row of “Orders”")) &&
                     all.contains(QLatin1String("wien\t7")),
                 qPrintable(all));
        auto& table = tableIn(fixture.panel, "Rows of the step");
        fixture.choose(0);
        table.selectRow(0);
        table.actions().front()->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("shop")));
        // The nodes on the way are selected on the canvas.
        toolIn(fixture.panel, "Select the nodes").click();
        QCOMPARE(fixture.document.selection().nodes().size(), std::size_t{3});
    }

    void aFileThatHasChangedSinceTheRunIsNamed() {
        QTemporaryDir folder;
        const auto write = [&folder](const char* text) {
            QFile file(folder.filePath(QStringLiteral("orders.csv")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        WhyFixture fixture;
        write("shop,v\ngraz,10\nwien,7\n");
        const NodeId file = fixture.document.addNode(
            nodeOf("csv_source", QStringLiteral("File"),
                   Json{{"path", folder.filePath(QStringLiteral("orders.csv")).toStdString()},
                        {"columns", {"shop STRING", "v INT"}}}),
            {0, 600});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Read"), Json::object()),
                                       {300, 600}, {file, "out"});
        QCOMPARE(fixture.ran(file).rows, std::size_t{2});
        fixture.askForm(file, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        const QString line = QStringLiteral("“orders.csv” has changed since the run");
        QVERIFY2(!fixture.labels().contains(line), qPrintable(fixture.labels()));
        // Of the same size.
        write("shop,v\ngraz,10\nwien,9\n");
        fixture.askForm(file, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(line), qPrintable(fixture.labels()));
        toolIn(fixture.panel, "Copy the answer").click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(line));
        // Also where the row is not there any more.
        fixture.askForm(file, "v = 7", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(line), qPrintable(fixture.words()));
        // A run of the file as it is now is what the answer is of.
        QVERIFY(fixture.runToTheEnd());
        fixture.askForm(file, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        QVERIFY2(!fixture.labels().contains(line), qPrintable(fixture.labels()));
    }

    // A row is known by its values, whatever they are.
    void hostileValuesAreFound() {
        WhyFixture fixture;
        Json rows = Json::array();
        for (const Json& shop : {Json("O'Hara \"--"), Json(), Json("NULL"), Json("中文 值"), Json("a\tb\nc"),
                                 Json("%1 <b>x</b>"), Json("")})
            rows.push_back({"2024-01-01 00:00:01", shop, static_cast<int>(rows.size()) + 1});
        fixture.document.setParam(fixture.orders, "rows", rows);
        const NodeId odd = fixture.document.addNodeBehind(
            nodeOf("select", QStringLiteral("Odd"),
                   Json{{"columns", {"ts", "shop", "v", "CAST('NaN' AS DOUBLE) AS nan"}}}),
            {600, 300}, {fixture.good, "out"});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("All"), Json::object()),
                                       {900, 300}, {odd, "out"});
        const Batch shown = fixture.ran(odd);
        QCOMPARE(shown.rows, std::size_t{7});
        for (std::size_t row = 0; row < shown.rows; ++row) {
            fixture.panel.askAbout({{odd, "out"}, shown.slice(row, 1), true});
            QVERIFY(fixture.answered());
            QTRY_VERIFY2(fixture.words().isEmpty(), qPrintable(fixture.words()));
            QCOMPARE(fixture.find(Kind::Row), 0);
            QCOMPARE(fixture.panel.steps().steps().front().count, std::uint64_t{1});
            const int last = fixture.panel.steps().rowCount() - 1;
            fixture.choose(last);
            QCOMPARE(fixture.panel.rows().rowCount(), 1);
            QVERIFY2(fixture.line(0).contains(QStringLiteral("row %1").arg(row + 1)),
                     qPrintable(fixture.line(0)));
        }
    }

    void aMillionLettersAreBearable() {
        WhyFixture fixture;
        Json rows = Json::array();
        rows.push_back({"2024-01-01 00:00:01", std::string(1'000'000, 'x'), 1});
        rows.push_back({"2024-01-01 00:00:02", std::string(1'000'000, 'y'), 2});
        fixture.document.setParam(fixture.orders, "rows", rows);
        const Batch shown = fixture.ran(fixture.good);
        QCOMPARE(shown.rows, std::size_t{2});
        // What the run kept of it is cut: the other columns say which row it is.
        fixture.panel.askAbout({{fixture.good, "out"}, shown.slice(0, 1), true});
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().isEmpty(), qPrintable(fixture.words()));
        QCOMPARE(fixture.panel.steps().steps().front().count, std::uint64_t{1});
        QVERIFY(fixture.line(0).size() < 2'000);
        QVERIFY(fixture.labels().size() < 10'000);
        fixture.askForm(fixture.good, ("shop = '" + std::string(1'000'000, 'z') + "'").c_str(), false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(!fixture.words().isEmpty());
        QVERIFY(fixture.words().size() < 10'000);
    }

    void aMissingRowEndedSomewhere() {
        WhyFixture fixture;
        fixture.askForm(fixture.good, "shop = 'graz' AND v = -5", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Filtered) >= 0, qPrintable(fixture.words()));
        QVERIFY(fixture.choose(fixture.find(Kind::Filtered))
                    .contains(QStringLiteral("1 row left out by “Good”")));
        QVERIFY2(fixture.line(0).contains(QLatin1String("false")), qPrintable(fixture.line(0)));
        fixture.askForm(fixture.sums, "shop = 'linz'", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.find(Kind::Other) >= 0);
        QVERIFY2(
            fixture.choose(fixture.find(Kind::Other)).contains(QStringLiteral("“Orders” has no such row")),
            qPrintable(fixture.choose(fixture.find(Kind::Other))));
        // It is there all the same.
        fixture.askForm(fixture.sums, "shop = 'wien'", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.choose(0).contains(QLatin1String("It is there")));
        // Of a row that was not found the other question is one step away.
        fixture.askForm(fixture.sums, "shop = 'linz'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(QLatin1String("gave no row")), qPrintable(fixture.words()));
        fixture.askForm(fixture.sums, "shop = 'wien'", false);  // another that is given up changes nothing
        QTest::keyClick(&fixture.panel, Qt::Key_Escape);
        Q_EMIT fixture.panel.findChild<EmptyState*>()->actionTriggered();
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.find(Kind::Other) >= 0);
        fixture.askForm(fixture.sums, "nowhere = 1", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(QLatin1String("nowhere")), qPrintable(fixture.words()));
    }

    void ofManyRowsTheFirstAndTheLastAreShown() {
        WhyFixture fixture;
        Json many = Json::array();
        for (int row = 0; row < 200; ++row) many.push_back({"2024-01-01 00:00:01", "graz", row + 1});
        fixture.document.setParam(fixture.orders, "rows", many);
        fixture.askForm(fixture.sums, "shop = 'graz'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Rows) > 0, qPrintable(fixture.words()));
        fixture.choose(fixture.find(Kind::Rows));
        const AnswerRows& rows = fixture.panel.rows();
        QCOMPARE(rows.rowCount(), AnswerRows::kFirstShown + 1 + AnswerRows::kLastShown);
        QVERIFY(fixture.cell(AnswerRows::kFirstShown, 0).contains(QLatin1String("175 more")));
        QVERIFY(rows.rowAt(AnswerRows::kFirstShown) == nullptr);
        const QString last = fixture.line(rows.rowCount() - 1);
        QVERIFY2(last.contains(QLatin1String("200")), qPrintable(last));
        auto& table = tableIn(fixture.panel, "Rows of the step");
        table.setCurrentIndex(rows.index(AnswerRows::kFirstShown, 0));
        QVERIFY(!fixture.panel.currentRow(table));
        Q_EMIT table.activated(table.currentIndex());
        QCOMPARE(rows.rowCount(), 200);
        QCOMPARE(fixture.line(199), last);
        QVERIFY(fixture.line(AnswerRows::kFirstShown).contains(QLatin1String("21")));
    }

    void aSampleIsAskedAboutAsItStands() {
        WhyFixture fixture;
        fixture.document.selection().set({fixture.good});
        fixture.sample.show();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.sample.model(SampleModel::Side::In).rowCount(), 5, kLong);
        auto& out = tableIn(fixture.sample, "Rows out");
        out.setCurrentIndex(out.model()->index(2, 1));
        const auto row = fixture.sample.currentRow(out);
        QVERIFY(row && row->from.node == fixture.good && !row->ofRun);
        fixture.panel.askAbout(*row);
        QVERIFY(fixture.answered());
        QTRY_COMPARE(fixture.find(Kind::Row), 0);
        QVERIFY2(fixture.line(0).contains(QLatin1String("wien")), qPrintable(fixture.line(0)));
        // Where something is said in place of a row there is nothing to ask about.
        out.setCurrentIndex(out.model()->index(1, 1));
        QVERIFY(!fixture.sample.currentRow(out));
        // What came in is of the node before.
        auto& in = tableIn(fixture.sample, "Rows in");
        in.setCurrentIndex(in.model()->index(1, 1));
        QCOMPARE(fixture.sample.currentRow(in)->from.node, fixture.orders);
    }

    void aLongLookCanBeCancelled() {
        WhyFixture fixture;
        const NodeId endless = fixture.document.addNode(
            nodeOf("generator", QStringLiteral("Many"),
                   Json{{"columns", {"n BIGINT = i"}}, {"rate", 0}, {"rows", 2'000'000'000}}),
            {0, 300});
        fixture.askForm(endless, "n = 1", false);
        QVERIFY(fixture.panel.isWaiting());
        QPushButton& cancel = fixture.button("Cancel");
        QVERIFY(!cancel.isVisible());
        QTRY_VERIFY(cancel.isVisible());
        QVERIFY(fixture.words().contains(QLatin1String("Looking for the rows")));
        keepPicture(fixture.panel, QStringLiteral("why_busy"));
        cancel.click();
        QVERIFY(!fixture.panel.isWaiting());
        QVERIFY(!cancel.isVisible());
        QVERIFY(fixture.words().contains(QLatin1String("Ask about a row")));
        // Another question drops the one before, and has its own answer.
        fixture.askForm(endless, "n = 1", false);
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.labels().contains(QLatin1String("Sums")));
        QCOMPARE(fixture.find(Kind::Row), 0);
        // Esc, too; the answer before stays.
        fixture.askForm(endless, "n = 1", false);
        QTest::keyClick(&fixture.panel, Qt::Key_Escape);
        QVERIFY(!fixture.panel.isWaiting());
        QCOMPARE(fixture.find(Kind::Row), 0);
        // Nothing is waited for where the document goes.
        fixture.askForm(endless, "n = 1", false);
        fixture.document.startEmpty();
        QVERIFY(!fixture.panel.isWaiting());
        QTRY_VERIFY(fixture.words().contains(QLatin1String("Ask about a row")));
    }

    void anEditMakesTheAnswerOld() {
        WhyFixture fixture;
        fixture.askForm(fixture.sums, "shop = 'wien'", false);
        fixture.document.setParam(fixture.good, "condition", "v > 1");  // while it looks
        QVERIFY(fixture.answered());
        QTRY_VERIFY(fixture.labels().contains(QLatin1String("edited since")));
        fixture.document.undoStack().undo();
        QTRY_VERIFY(!fixture.labels().contains(QLatin1String("edited since")));
        // What does not change how it runs makes nothing old.
        fixture.document.move({{ItemRef{fixture.good}, Point{10, 10}}});
        QVERIFY(!fixture.labels().contains(QLatin1String("edited since")));
        fixture.document.remove({ItemRef{fixture.sums}});
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("“Sums” is not in the pipeline any more")),
                     qPrintable(fixture.labels()));
        QCOMPARE(fixture.find(Kind::Row), 0);
        toolIn(fixture.panel, "Select the nodes").click();
        QCOMPARE(fixture.document.selection().nodes().size(), std::size_t{2});
        Q_EMIT fixture.steps().activated(fixture.panel.steps().index(0));
    }

    void whatCannotBeAnsweredIsSaid() {
        WhyFixture fixture;
        const Batch rows = fixture.ran(fixture.good);
        fixture.panel.askAbout({{"gone", "out"}, rows.slice(0, 1), false});
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(QStringLiteral("no node “gone”")), qPrintable(fixture.words()));
        const NodeId live = fixture.document.addNode(
            nodeOf("this_computer", QStringLiteral("Cores"), Json{{"table", "cpu"}}), {0, 300});
        fixture.askForm(live, "core = 1", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(QLatin1String("Record a run on a tape")),
                     qPrintable(fixture.words()));
        // The same values are not there any more.
        fixture.document.setParam(fixture.good, "condition", "v > 1000");
        fixture.panel.askAbout({{fixture.good, "out"}, rows.slice(0, 1), false});
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(QLatin1String("does not give this row")),
                     qPrintable(fixture.words()));
        // No column has its name any more.
        fixture.document.setParam(fixture.orders, "columns", Json{"other STRING"});
        fixture.document.setParam(fixture.orders, "event_time", nullptr);
        fixture.document.setParam(fixture.orders, "rows", Json::parse(R"([["a"]])"));
        fixture.panel.askAbout({{fixture.orders, "out"}, rows.slice(0, 1), false});
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(QLatin1String("none of the columns")),
                     qPrintable(fixture.words()));
    }

    void withoutARowTheFormIsOpened() {
        WhyFixture fixture;
        QSignalSpy opened(&fixture.panel, &Pane::openRequested);
        fixture.panel.entries().front().action->trigger();
        QCOMPARE(opened.size(), 1);
        QVERIFY(!fixture.panel.isWaiting());
        QVERIFY(!fixture.button("Why this row?").isEnabled());
        auto& form = *fixture.panel.findChild<WhyForm*>();
        form.setCondition(QStringLiteral("v = 1"));
        QVERIFY(fixture.button("Why this row?").isEnabled());
        // What is selected is asked about, but while something is typed.
        form.setCondition({});
        fixture.document.selection().set({fixture.good});
        QCOMPARE(form.from().node, fixture.good);
        form.setCondition(QStringLiteral("shop = 'graz'"));
        form.field().clearFocus();
        fixture.document.selection().set({fixture.sums});
        QCOMPARE(form.from().node, fixture.sums);
        // Asked for from elsewhere, the form is about the selection all the same.
        for (const NodeId& node : {fixture.sums, fixture.good}) {
            fixture.document.selection().set({node});
            form.field().clearFocus();
            fixture.panel.entries().front().action->trigger();
            QCOMPARE(form.from().node, node);
        }
        QSignalSpy asked(&form, &WhyForm::asked);
        QTest::keyClick(&form.field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QVERIFY(fixture.answered());
        // An empty pipeline has nothing to ask about.
        QVERIFY(fixture.panel.entries().front().action->isEnabled());
        fixture.document.startEmpty();
        for (const Pane::Entry& entry : fixture.panel.entries()) QVERIFY(!entry.action->isEnabled());
        QVERIFY(!fixture.button("Why no row?").isEnabled());
    }

    /// What can't be read again is recorded the next time, and that is not offered twice.
    void whereNothingWasKeptTheNextRunsAreRecorded() {
        WhyFixture fixture;
        const NodeId live = fixture.document.addNode(
            nodeOf("this_computer", QStringLiteral("Cores"), Json{{"table", "cpu"}}), {0, 300});
        fixture.askForm(live, "core = 1", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(QLatin1String("Nothing was kept of what")),
                     qPrintable(fixture.words()));
        QVERIFY(fixture.session.tape().recordInto.isEmpty());
        auto* record = fixture.panel.findChild<EmptyState*>()->findChild<QPushButton*>();
        QVERIFY(record->isVisible());
        QCOMPARE(record->text(), QStringLiteral("Record the runs"));
        record->click();
        QVERIFY(!fixture.session.tape().recordInto.isEmpty());
        QVERIFY(!record->isVisible());
    }

    /// A row of the newest seconds may not be in the input that a run keeps: that is no answer for good.
    void theNewestRowsAreKeptLater() {
        WhyFixture fixture;
        const QTemporaryDir folder;
        const NodeId live = fixture.document.addNode(
            nodeOf("generator", QStringLiteral("Live"), Json{{"rate", 100}, {"columns", {"n BIGINT = i"}}}),
            {0, 600});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Newest"), Json::object()),
                                       {300, 600}, {live, "out"});
        fixture.session.keepInput(folder.path(), true);
        QVERIFY(fixture.validated());
        fixture.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session.keptInput() != nullptr, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(!keptInputText(fixture.session).isEmpty(), kLong);
        fixture.askForm(live, "n < 0", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.words().contains(QLatin1String("ask again in a moment")),
                     qPrintable(fixture.words()));
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), kLong);
    }

    /// A run that goes on with an edit keeps its input anew: rows from before are looked for where they are.
    void whatWasKeptBeforeAnApplyIsAskedToo() {
        const QTemporaryDir folder;
        WhyFixture fixture;
        const NodeId live = fixture.document.addNode(
            nodeOf("generator", QStringLiteral("Live"), Json{{"rate", 200}, {"columns", {"n BIGINT = i"}}}),
            {0, 600});
        const NodeId some = fixture.document.addNodeBehind(
            nodeOf("filter", QStringLiteral("Some"), Json{{"condition", "n >= 0"}}), {300, 600},
            {live, "out"});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Newest"), Json::object()),
                                       {600, 600}, {some, "out"});
        Settings settings = fixture.document.pipeline().settings;
        settings.unknown["checkpoint_every"] = "50ms";
        fixture.document.setSettings(settings);
        QVERIFY(fixture.document.saveAs(folder.filePath(QStringLiteral("p.rill"))).ok());
        fixture.session.keepInput(folder.filePath(QStringLiteral("kept")), true);
        QVERIFY(fixture.validated());
        fixture.session.start();
        const auto rows = [&] {
            const LiveNode* const node = fixture.session.snapshot().node(some);
            return node == nullptr ? 0 : node->metrics.rowsOut;
        };
        QTRY_VERIFY_WITH_TIMEOUT(rows() > 20, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session.keepsStateWhenApplied(), kLong);
        fixture.document.setParam(some, "condition", "n % 2 = 0");
        QVERIFY(fixture.validated());
        fixture.session.apply();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session.keptInputs().wentOn(), kLong);
        QCOMPARE(fixture.session.keptInputs().earlier().size(), std::size_t{1});
        QTRY_VERIFY_WITH_TIMEOUT(!keptInputText(fixture.session).isEmpty(), kLong);
        fixture.askForm(some, "n = 3", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QLatin1String("Before the edit was applied at ")) &&
                         fixture.labels().contains(QStringLiteral("It is there")),
                     qPrintable(fixture.words() + fixture.labels()));
        QVERIFY2(!fixture.labels().contains(QLatin1String("The pipeline was edited since")),
                 qPrintable(fixture.labels()));
        fixture.askForm(some, "n = 3", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QLatin1String("Before the edit was applied at ")) &&
                         fixture.labels().contains(QStringLiteral("It is made of 1 row")),
                     qPrintable(fixture.words() + fixture.labels()));
        // Where that is gone, it is said how far back one can ask.
        fixture.session.keptInputs().earlier().front().tape->end();
        fixture.askForm(some, "n = 3", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QLatin1String("The kept input begins at ")) &&
                         fixture.labels().contains(QStringLiteral("after Apply")),
                     qPrintable(fixture.words() + fixture.labels()));
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), kLong);
    }
};

QTEST_MAIN(TestWhyPanel)
#include "test_why_panel.moc"
