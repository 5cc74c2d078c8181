#include "tests/unit/app/window_fixture.h"

#include <QDir>
#include <QMenuBar>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include "core/cluster/deployment_store.h"
#include "core/cluster/target_file.h"
#include "core/connect/connections/connection_file.h"
#include "widgets/pane/pane.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr const char* kScaled = "RILLWRIGHT_TEST_SCALED";

}  // namespace

WindowFixture::WindowFixture(Catalogue kinds)
    : catalogue(std::move(kinds)),
      preferences(store, Theme::of(), language),
      window(std::make_unique<MainWindow>(catalogue, preferences)) {
    window->show();
}

PipelineDocument& WindowFixture::document() const {
    return canvas().view().canvas().document();
}

QList<Pane*> WindowFixture::lastingPanes() const {
    QList<Pane*> panes = window->findChildren<Pane*>();
    panes.removeIf([](const Pane* pane) { return pane->facts().id == QByteArrayView("apply"); });
    return panes;
}

QAction* WindowFixture::action(const QString& words) const {
    for (const QAction* menu : window->menuBar()->actions()) {
        for (QAction* action : menu->menu()->actions()) {
            if (plainText(*action) == words) return action;
        }
    }
    return nullptr;
}

void startProgram() {
    // Not that of the user who runs the test by hand: emptyHome() would delete their pipelines.
    static const QTemporaryDir home;
    qputenv("HOME", home.path().toLocal8Bit());
    for (const char* part : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        qputenv(part, home.filePath(QLatin1String(part).mid(4)).toLocal8Bit());
    QCoreApplication::setOrganizationName(QStringLiteral("rillwright-test"));
    QCoreApplication::setApplicationName(QStringLiteral("app"));
    new Theme(*qApp, {.mode = ThemeMode::Dark});
}

void emptyHome() {
    QDir(QDir::home().filePath(QStringLiteral("Rillwright"))).removeRecursively();
    QDir(autosaveFolder()).removeRecursively();
    QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
         QStringLiteral("/rillwright/consent"))
        .removeRecursively();
    QDir(QString::fromStdString(deploymentsPath())).removeRecursively();
    for (const std::string& list : {targetsPath(), connectionsPath()})
        QFile::remove(QString::fromStdString(list));
    QSettings().clear();
}

void leavePicture(QWidget& widget, const QString& name) {
    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (!folder.isEmpty()) widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

bool isAtScaleTwo() {
    return qEnvironmentVariableIsSet(kScaled);
}

QByteArray failureAtScaleTwo(const QStringList& arguments) {
    QProcess again;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(kScaled), QStringLiteral("1"));
    environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    again.setProcessEnvironment(environment);
    again.setProcessChannelMode(QProcess::MergedChannels);
    again.start(QCoreApplication::applicationFilePath(), arguments);
    if (!again.waitForFinished(200'000)) return "it has not ended";
    if (again.exitStatus() == QProcess::NormalExit && again.exitCode() == 0) return {};
    return "status " + QByteArray::number(again.exitCode()) + "\n" + again.readAll();
}

QString autosaveFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
           QStringLiteral("/rillwright/autosave");
}

}  // namespace rw::ui
