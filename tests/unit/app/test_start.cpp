// The first minutes with the program: welcome page, examples, dropped files, recovery.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "app/pipeline_page.h"
#include "app/running/main_tool_bar.h"
#include "core/pipeline/json/json.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/csv_import/import_dialog.h"
#include "widgets/document/examples.h"
#include "widgets/document/unfinished.h"
#include "widgets/files/file_actions.h"
#include "widgets/panels/problems_panel.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/pill.h"
#include "widgets/welcome/recovery_bar.h"
#include "widgets/welcome/welcome_page.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// The events that Qt sends when files are dropped; tells whether they were taken.
bool drop(QWidget& widget, const QStringList& files, QPoint at = {40, 40}) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& file : files) urls << QUrl::fromLocalFile(file);
    data.setUrls(urls);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QCoreApplication::sendEvent(&widget, &enter);
    if (!enter.isAccepted()) return false;
    QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
    return event.isAccepted();
}

ImportDialog* preview(const WindowFixture& fixture) {
    for (auto* dialog : fixture.window->findChildren<ImportDialog*>()) {
        if (dialog->isVisible()) return dialog;
    }
    return nullptr;
}

/// Presses a button of the preview once it can be pressed.
void press(const WindowFixture& fixture, const char* button) {
    const auto found = [&]() -> QPushButton* {
        ImportDialog* dialog = preview(fixture);
        return dialog != nullptr ? dialog->findChild<QPushButton*>(QLatin1String(button)) : nullptr;
    };
    QTRY_VERIFY(found() != nullptr && found()->isEnabled());
    QTest::mouseClick(found(), Qt::LeftButton);
}

QRectF cardOf(const WindowFixture& fixture, std::size_t node) {
    const CanvasScene& scene = fixture.canvas().view().canvas();
    return scene.node(fixture.document().pipeline().nodes[node].id)->cardRect();
}

}  // namespace

class TestStart : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString write(const QString& name, const QByteArray& text) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(text);
        return file.fileName();
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }
    void welcomeGivesWayToTheCanvas();
    void welcomeComesBackWhenAsked();
    void draggedNodeFindsTheCanvas();
    void exampleFindsItsData();
    void exampleLeavesEditedDataAlone();
    void everyExampleOpens();
    void examplesThatWaitForServersShowNoError();
    void droppedCsvBecomesASource();
    void droppedCsvThatIsNoneChangesNothing();
    void droppedFilesBecomeNodesUnderThePointer();
    void anotherPipelineEndsAnImport();
    void droppedPipelineIsOpened();
    void otherFilesAreNotTaken();
    void crashedSessionIsOffered();
};

void TestStart::welcomeGivesWayToTheCanvas() {
    WindowFixture fixture;
    auto* start = fixture.window->findChild<PipelinePage*>();
    auto* bottom = fixture.window->findChild<BottomPanel*>();
    QVERIFY(start->isWelcome());
    QVERIFY(bottom->isCollapsed());
    fixture.window->findChild<FileActions*>()->startEmpty();
    QVERIFY(!start->isWelcome());
    QVERIFY(!bottom->isCollapsed());
    QVERIFY(fixture.document().pipeline().nodes.empty());
}

void TestStart::welcomeComesBackWhenAsked() {
    WindowFixture fixture;
    auto* start = fixture.window->findChild<PipelinePage*>();
    fixture.window->findChild<FileActions*>()->openExample(examples().front().file, false);
    QVERIFY(!start->isWelcome());
    QVERIFY(!fixture.document().pipeline().nodes.empty());
    fixture.action(QStringLiteral("Welcome page"))->trigger();
    QVERIFY(start->isWelcome());
    QVERIFY(fixture.document().pipeline().nodes.empty());
}

void TestStart::draggedNodeFindsTheCanvas() {
    WindowFixture fixture;
    auto* start = fixture.window->findChild<PipelinePage*>();
    const std::unique_ptr<QMimeData> data = toMimeData({.type = "filter", .title = QStringLiteral("Filter")});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(fixture.window->findChild<WelcomePage*>(), &enter);
    QVERIFY(!start->isWelcome());
    QVERIFY(fixture.canvas().isVisible());
    // Qt looks under the pointer with every move: the next one enters the canvas.
    QWidget* viewport = fixture.canvas().view().viewport();
    QDragEnterEvent again(QPoint(200, 200), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &again);
    QVERIFY(again.isAccepted());
    QDropEvent event(QPointF(200, 200), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &event);
    QCOMPARE(fixture.document().pipeline().nodes.size(), std::size_t(1));
    QCOMPARE(fixture.document().pipeline().nodes[0].type, std::string("filter"));
}

/// Nothing is red that nobody has touched, nor when its run is asked for; who closes the offer of the servers
/// is told what is missing.
void TestStart::examplesThatWaitForServersShowNoError() {
    WindowFixture fixture;
    auto* bar = fixture.window->findChild<MainToolBar*>();
    const auto* pill = bar->findChild<Pill*>();
    auto* problems = fixture.window->findChild<ProblemsPanel*>();
    int seen = 0;
    for (const Example& example : examples()) {
        if (example.needs.isEmpty()) continue;
        ++seen;
        fixture.window->findChild<FileActions*>()->openExample(example.file, false);
        QTRY_VERIFY(fixture.document().isValidated());
        QTRY_VERIFY2(waitsForOffers(fixture.document().issues()), qPrintable(example.file));
        QCOMPARE(pill->state(), Pill::State::Idle);
        leavePicture(*fixture.window, QStringLiteral("waits-") + QFileInfo(example.file).baseName());
        bar->runAction()->trigger();
        QVERIFY(problems->isOn());
        QCOMPARE(pill->state(), Pill::State::Idle);
        QCOMPARE(problems->model().errors(), 0);
        QVERIFY(problems->model().unfinished() > 0);
        fixture.window->findChild<QAbstractButton*>(QStringLiteral("serversClose"))->click();
        QTRY_VERIFY(problems->model().errors() > 0);
        QCOMPARE(pill->state(), Pill::State::Error);
    }
    QCOMPARE(seen, 3);
    fixture.document().startEmpty();
}

void TestStart::exampleFindsItsData() {
    WindowFixture fixture;
    int found = 0;
    for (const Example& example : examples()) {
        if (example.data.isEmpty()) continue;
        fixture.window->findChild<FileActions*>()->openExample(example.file, false);
        for (const QString& data : example.data) {
            QFile copy(fixture.document().folder() + data.sliced(QStringView(u":/examples").size()));
            QVERIFY2(copy.open(QIODevice::ReadWrite), qPrintable(data));  // it is the person's now
            QFile original(data);
            QVERIFY(original.open(QIODevice::ReadOnly));
            QCOMPARE(copy.readAll(), original.readAll());
            ++found;
        }
        QVERIFY(fixture.document().path().isEmpty());
    }
    QVERIFY(found > 2);
}

void TestStart::exampleLeavesEditedDataAlone() {
    WindowFixture fixture;
    QDir().mkpath(fixture.document().folder());
    QFile mine(fixture.document().folder() + QStringLiteral("/orders.csv"));
    QVERIFY(mine.open(QIODevice::WriteOnly));
    mine.write("mine");
    mine.close();
    fixture.window->findChild<FileActions*>()->openExample(QStringLiteral(":/examples/orders.rill"), false);
    QVERIFY(mine.open(QIODevice::ReadOnly));
    QCOMPARE(mine.readAll(), QByteArray("mine"));
}

void TestStart::everyExampleOpens() {
    WindowFixture fixture;
    const std::vector<Example> all = examples();
    QVERIFY(!all.empty());
    for (const Example& example : all) {
        fixture.window->findChild<FileActions*>()->openExample(example.file, false);
        QCOMPARE(static_cast<int>(fixture.document().pipeline().nodes.size()), example.nodes);
        QVERIFY2(Theme::hasIcon(example.icon), qPrintable(example.icon));
        QTRY_VERIFY(fixture.document().isValidated());
        for (const Issue& issue : fixture.document().issues()) {
            // The server is offered, and its connection is made when it has started.
            const bool offered = !example.needs.isEmpty() && issue.param == "connection";
            QVERIFY2(offered || issue.severity != Severity::Error, english(issue.message).c_str());
        }
        const bool shown = !fixture.window->findChild<QToolBar*>(QStringLiteral("serversBar"))->isHidden();
        QCOMPARE(shown, !example.needs.isEmpty());
    }
}

void TestStart::droppedCsvBecomesASource() {
    WindowFixture fixture;
    const QString file = write(QStringLiteral("trips.csv"), "id,km,when\n1,2.5,2026-01-01 10:00:00\n");
    QVERIFY(drop(*fixture.window, {file}));
    QTRY_VERIFY(preview(fixture) != nullptr);
    QVERIFY(fixture.window->findChild<PipelinePage*>()->isWelcome());
    press(fixture, "import");
    QTRY_COMPARE(fixture.document().pipeline().nodes.size(), std::size_t(1));
    const Node& node = fixture.document().pipeline().nodes[0];
    QCOMPARE(node.type, std::string("csv_source"));
    QCOMPARE(node.title, std::string("trips"));
    QCOMPARE(QString::fromStdString(node.params["path"].get<std::string>()), file);
    QCOMPARE(node.params["columns"].size(), std::size_t(3));
    QVERIFY(node.params["columns"][0].get<std::string>().rfind("id ", 0) == 0);
    QVERIFY(!fixture.window->findChild<PipelinePage*>()->isWelcome());
    QCOMPARE(node.params["event_time"], Json("when"));
    QVERIFY(drop(*fixture.window, {write(QStringLiteral("b.tsv"), "x\ty\n1\t2\n")}));
    press(fixture, "import");
    QTRY_COMPARE(fixture.document().pipeline().nodes.size(), std::size_t(2));
    QCOMPARE(fixture.document().pipeline().nodes[1].params["columns"].size(), std::size_t(2));
    fixture.document().startEmpty();
}

void TestStart::droppedCsvThatIsNoneChangesNothing() {
    WindowFixture fixture;
    QVERIFY(drop(*fixture.window, {m_folder.filePath(QStringLiteral("gone.csv"))}));
    QTRY_VERIFY(preview(fixture) != nullptr);
    const auto* hint = preview(fixture)->findChild<HintBox*>(QStringLiteral("rejectedHint"));
    QTRY_VERIFY(hint->isVisible());
    QVERIFY(hint->accessibleName().contains(QLatin1String("gone")));
    QTest::keyClick(preview(fixture), Qt::Key_Escape);
    QTRY_VERIFY(preview(fixture) == nullptr);
    QVERIFY(fixture.document().pipeline().nodes.empty());
    QVERIFY(fixture.window->findChild<PipelinePage*>()->isWelcome());
}

void TestStart::droppedFilesBecomeNodesUnderThePointer() {
    WindowFixture fixture;
    fixture.window->resize(1500, 900);
    fixture.window->findChild<FileActions*>()->startEmpty();
    QCoreApplication::processEvents();
    const QWidget* viewport = fixture.canvas().view().viewport();
    const QPoint at = viewport->mapTo(fixture.window.get(), viewport->rect().center() + QPoint(-120, 60));
    const QStringList files{write(QStringLiteral("one.csv"), "a\n1\n"),
                            write(QStringLiteral("three.csv"), "c;d\n1;2,5\n")};
    QVERIFY(drop(*fixture.window, files, at));
    press(fixture, "importAll");
    QTRY_COMPARE(fixture.document().pipeline().nodes.size(), std::size_t(2));
    QTRY_VERIFY(preview(fixture) == nullptr);
    const Node& second = fixture.document().pipeline().nodes[1];
    QCOMPARE(second.title, std::string("three"));
    QCOMPARE(second.params["delimiter"], Json(";"));
    const CanvasView& view = fixture.canvas().view();
    const QPointF dropped = view.mapToScene(viewport->mapFrom(fixture.window.get(), at));
    QVERIFY(cardOf(fixture, 0).contains(dropped));
    QVERIFY(!cardOf(fixture, 0).intersects(cardOf(fixture, 1)));
    QVERIFY(view.visibleSceneRect().contains(cardOf(fixture, 1)));
    // Another one at the same point makes room, and giving up leaves all others out.
    QVERIFY(drop(*fixture.window, files, at));
    press(fixture, "import");
    QTRY_COMPARE(fixture.document().pipeline().nodes.size(), std::size_t(3));
    QVERIFY(!cardOf(fixture, 2).intersects(cardOf(fixture, 0)) &&
            !cardOf(fixture, 2).intersects(cardOf(fixture, 1)));
    QTRY_VERIFY(preview(fixture) != nullptr);
    QTest::keyClick(preview(fixture), Qt::Key_Escape);
    QTRY_VERIFY(preview(fixture) == nullptr);
    QCOMPARE(fixture.document().pipeline().nodes.size(), std::size_t(3));
    fixture.document().startEmpty();
}

void TestStart::anotherPipelineEndsAnImport() {
    WindowFixture fixture;
    QVERIFY(drop(*fixture.window, {write(QStringLiteral("one.csv"), "a\n1\n")}));
    QTRY_VERIFY(preview(fixture) != nullptr);
    fixture.document().startEmpty();
    QTRY_VERIFY(preview(fixture) == nullptr);
    QVERIFY(fixture.document().pipeline().nodes.empty());
    QVERIFY(drop(*fixture.window, {write(QStringLiteral("two.csv"), "a\n1\n")}));
    press(fixture, "import");
    QTRY_COMPARE(fixture.document().pipeline().nodes.size(), std::size_t(1));
    fixture.document().startEmpty();
}

void TestStart::droppedPipelineIsOpened() {
    WindowFixture fixture;
    QFile example(QStringLiteral(":/examples/watermark.rill"));
    QVERIFY(example.open(QIODevice::ReadOnly));
    const QString file = write(QStringLiteral("mine.rill"), example.readAll());
    QVERIFY(drop(*fixture.window, {file}));
    QTRY_COMPARE(fixture.document().path(), file);
    QVERIFY(!fixture.window->findChild<PipelinePage*>()->isWelcome());
}

void TestStart::otherFilesAreNotTaken() {
    WindowFixture fixture;
    QVERIFY(!drop(*fixture.window, {m_folder.filePath(QStringLiteral("picture.png"))}));
    QVERIFY(!drop(*fixture.window, {}));
}

void TestStart::crashedSessionIsOffered() {
    Pipeline lost;
    lost.nodes.push_back({.id = "only", .type = "filter", .title = {}, .at = {}});
    const Json copy = {{"path", ""}, {"name", "Lost work"}, {"pipeline", savePipeline(lost)}};
    QDir().mkpath(autosaveFolder());
    QFile file(autosaveFolder() + QStringLiteral("/crashed.autosave"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(copy.dump()));
    file.close();
    WindowFixture fixture;
    auto* bar = fixture.window->findChild<RecoveryBar*>();
    QTRY_VERIFY(bar->isVisible());
    for (QPushButton* button : bar->findChildren<QPushButton*>()) {
        if (button->text() == QLatin1String("Recover it")) button->click();
    }
    QTRY_VERIFY(!bar->isVisible());
    QTRY_VERIFY(!file.exists());
    QCOMPARE(fixture.document().pipeline().nodes.size(), std::size_t(1));
    QVERIFY(fixture.document().isModified());
    QVERIFY(!fixture.window->findChild<PipelinePage*>()->isWelcome());
}

QTEST_MAIN(TestStart)
#include "test_start.moc"
