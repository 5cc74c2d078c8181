// The first minutes with the program: welcome page, examples, dropped files, recovery.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "app/files/file_actions.h"
#include "app/start_page.h"
#include "core/pipeline/json/json.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/document/examples.h"
#include "widgets/welcome/recovery_bar.h"
#include "widgets/welcome/welcome_page.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// What Qt sends when files are dropped; tells whether they were taken.
bool drop(QWidget& widget, const QStringList& files) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& file : files) urls << QUrl::fromLocalFile(file);
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(40, 40), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QCoreApplication::sendEvent(&widget, &enter);
    if (!enter.isAccepted()) return false;
    QDropEvent event(QPointF(40, 40), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
    return event.isAccepted();
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
    void droppedCsvBecomesASource();
    void droppedCsvThatIsNoneChangesNothing();
    void droppedPipelineIsOpened();
    void otherFilesAreNotTaken();
    void crashedSessionIsOffered();
};

void TestStart::welcomeGivesWayToTheCanvas() {
    WindowFixture fixture;
    auto* start = fixture.window->findChild<StartPage*>();
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
    auto* start = fixture.window->findChild<StartPage*>();
    fixture.window->findChild<FileActions*>()->openExample(examples().front().file, false);
    QVERIFY(!start->isWelcome());
    QVERIFY(!fixture.document().pipeline().nodes.empty());
    fixture.action(QStringLiteral("Welcome page"))->trigger();
    QVERIFY(start->isWelcome());
    QVERIFY(fixture.document().pipeline().nodes.empty());
}

void TestStart::draggedNodeFindsTheCanvas() {
    WindowFixture fixture;
    auto* start = fixture.window->findChild<StartPage*>();
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

void TestStart::exampleFindsItsData() {
    WindowFixture fixture;
    int found = 0;
    for (const Example& example : examples()) {
        if (example.data.isEmpty()) continue;
        fixture.window->findChild<FileActions*>()->openExample(example.file, false);
        for (const QString& data : example.data) {
            QFile copy(fixture.document().folder() + data.sliced(qstrlen(":/examples")));
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
        for (const Issue& issue : fixture.document().issues())
            QVERIFY2(issue.severity != Severity::Error, english(issue.message).c_str());
    }
}

void TestStart::droppedCsvBecomesASource() {
    WindowFixture fixture;
    const QString file = write(QStringLiteral("trips.csv"), "id,km,when\n1,2.5,2026-01-01 10:00:00\n");
    QVERIFY(drop(*fixture.window, {file}));
    QTRY_COMPARE(fixture.document().pipeline().nodes.size(), std::size_t(1));
    const Node& node = fixture.document().pipeline().nodes[0];
    QCOMPARE(node.type, std::string("csv_source"));
    QCOMPARE(node.title, std::string("trips"));
    QCOMPARE(QString::fromStdString(node.params["path"].get<std::string>()), file);
    QCOMPARE(node.params["columns"].size(), std::size_t(3));
    QVERIFY(node.params["columns"][0].get<std::string>().rfind("id ", 0) == 0);
    QVERIFY(!fixture.window->findChild<StartPage*>()->isWelcome());
    QVERIFY(drop(*fixture.window, {write(QStringLiteral("b.tsv"), "x\ty\n1\t2\n")}));
    QTRY_COMPARE(fixture.document().pipeline().nodes.size(), std::size_t(2));
    QCOMPARE(fixture.document().pipeline().nodes[1].params["columns"].size(), std::size_t(2));
    fixture.document().startEmpty();
}

void TestStart::droppedCsvThatIsNoneChangesNothing() {
    WindowFixture fixture;
    QString told;
    QTimer closer;
    connect(&closer, &QTimer::timeout, this, [&told] {
        if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
            told = box->text();
            box->reject();
        }
    });
    closer.start(20);
    QVERIFY(drop(*fixture.window, {m_folder.filePath(QStringLiteral("gone.csv"))}));
    QTRY_VERIFY(!told.isEmpty());
    QVERIFY(told.contains(QLatin1String("gone")));
    QVERIFY(fixture.document().pipeline().nodes.empty());
}

void TestStart::droppedPipelineIsOpened() {
    WindowFixture fixture;
    QFile example(QStringLiteral(":/examples/watermark.rill"));
    QVERIFY(example.open(QIODevice::ReadOnly));
    const QString file = write(QStringLiteral("mine.rill"), example.readAll());
    QVERIFY(drop(*fixture.window, {file}));
    QTRY_COMPARE(fixture.document().path(), file);
    QVERIFY(!fixture.window->findChild<StartPage*>()->isWelcome());
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
    QVERIFY(!fixture.window->findChild<StartPage*>()->isWelcome());
}

QTEST_MAIN(TestStart)
#include "test_start.moc"
