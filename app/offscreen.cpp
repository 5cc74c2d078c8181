#include "app/offscreen.h"

#include "widgets/settings/language.h"
#include "widgets/theme/theme.h"

namespace rw::cli {

Offscreen::Offscreen(bool dark) {
    static int argc = 1;
    static char name[] = "rillwright";
    static char* argv[] = {name, nullptr};
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
