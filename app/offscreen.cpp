#include "app/offscreen.h"

#include <cstdio>
#include <cstdlib>

#include "widgets/settings/language.h"
#include "widgets/theme/theme.h"

namespace rw::cli {

namespace {

/// Qt's words go to standard error, but for its remark that a bare machine has no folder for the user's
/// sockets: nothing is asked for there, and it would stand in the middle of the progress.
void printMessage(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set"))) return;
    const QByteArray line = qFormatLogMessage(type, context, text).toLocal8Bit();
    std::fprintf(stderr, "%s\n", line.constData());
    if (type == QtFatalMsg) std::abort();
}

}  // namespace

Offscreen::Offscreen(bool dark) {
    static int argc = 1;
    static char name[] = "rillwright";
    static char* argv[] = {name, nullptr};
    qInstallMessageHandler(printMessage);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    m_application = std::make_unique<QApplication>(argc, argv);
    ui::ThemeSettings settings;
    settings.mode = dark ? ui::ThemeMode::Dark : ui::ThemeMode::Light;
    settings.reducedMotion = true;
    new ui::Theme(*m_application, settings);  // the application owns it
    // English too has a catalogue: of the texts that read differently for one and for several.
    (new ui::Language(m_application.get()))->set(QString::fromLatin1(ui::Language::kEnglish));
}

Offscreen::~Offscreen() = default;

}  // namespace rw::cli
