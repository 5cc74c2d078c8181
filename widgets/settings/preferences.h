// The user's preferences, kept between sessions: the look and the language. A change is applied and stored at
// once; there is nothing to confirm.
#pragma once
#include <QObject>
#include <QSettings>

#include "widgets/settings/language.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

class Preferences : public QObject {
    Q_OBJECT
 public:
    /// Reads `store` and applies its values; missing or invalid ones are left at their defaults.
    /// All three must outlive it.
    Preferences(QSettings& store, Theme& theme, Language& language, QObject* parent = nullptr);

    const ThemeSettings& look() const { return m_theme.settings(); }
    void setLook(const ThemeSettings& look);
    QString language() const { return m_language.chosen(); }
    void setLanguage(const QString& name);
    /// Also switches between dark and light when the desktop decides so far.
    void toggleDark();
    void toggleLanguage();

 Q_SIGNALS:
    void changed();

 private:
    QSettings& m_store;
    Theme& m_theme;
    Language& m_language;
};

}  // namespace rw::ui
