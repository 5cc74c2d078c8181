#include "app/designer.h"

#include <QApplication>
#include <QFileInfo>
#include <QSettings>
#include <csignal>

#include "app/documents/document_window.h"
#include "app/end_signals.h"
#include "app/main_window.h"
#include "core/nodes/catalogue.h"
#include "widgets/log/log_file.h"
#include "widgets/settings/language.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/theme.h"
#include "widgets/welcome/tour.h"

namespace rw::ui {

int runDesigner(int argc, char** argv, const std::vector<std::string>& files, bool runAtOnce) {
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Rillwright"));
    QApplication::setApplicationName(QStringLiteral("Rillwright"));
    QApplication::setApplicationVersion(QStringLiteral(RILLWRIGHT_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("rillwright"));  // app/packaging/rillwright.desktop
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/rillwright.svg")));
    auto* theme = new Theme(application);  // the application owns it
    Language language;
    QSettings store;
    const bool first = isFirstStart(store);
    Preferences preferences(store, *theme, language);
    const Catalogue catalogue = builtin();
    DocumentWindow window(catalogue, preferences);
    window.writeLogTo(openLogFile());
    window.show();
    QStringList paths;
    for (const std::string& file : files) paths << QFileInfo(QString::fromStdString(file)).absoluteFilePath();
    window.openAtStart(paths, runAtOnce);
    // Who begins with a file came for that.
    if (first && paths.isEmpty()) window.front().startTour();
    // The edits of the last moments would be lost with the process.
    const EndSignals ending([&window](int signal) {
        window.saveCopies();
        std::raise(signal);
    });
    return QApplication::exec();
}

}  // namespace rw::ui
