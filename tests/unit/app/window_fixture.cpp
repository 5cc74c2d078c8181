#include "tests/unit/app/window_fixture.h"

#include <QDir>
#include <QMenuBar>
#include <QStandardPaths>

namespace rw::ui {

WindowFixture::WindowFixture()
    : preferences(store, Theme::of(), language),
      window(std::make_unique<MainWindow>(catalogue, preferences)) {
    window->show();
}

PipelineDocument& WindowFixture::document() const {
    return canvas().view().canvas().document();
}

QAction* WindowFixture::action(const QString& words) const {
    for (const QAction* menu : window->menuBar()->actions()) {
        for (QAction* action : menu->menu()->actions()) {
            if (action->text() == words) return action;
        }
    }
    return nullptr;
}

void startProgram() {
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
    QSettings().clear();
}

QString autosaveFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
           QStringLiteral("/rillwright/autosave");
}

}  // namespace rw::ui
