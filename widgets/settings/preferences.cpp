#include "widgets/settings/preferences.h"

#include <array>

namespace rw::ui {
namespace {

const QString kMode = QStringLiteral("look/theme");
const QString kHighContrast = QStringLiteral("look/high_contrast");
const QString kReducedMotion = QStringLiteral("look/reduced_motion");
const QString kTextZoom = QStringLiteral("look/text_zoom");
const QString kLanguage = QStringLiteral("language");

// In the order of ThemeMode.
const std::array kModeNames = {QStringLiteral("system"), QStringLiteral("dark"), QStringLiteral("light")};

ThemeMode modeOf(const QString& name) {
    for (std::size_t i = 0; i < kModeNames.size(); ++i)
        if (kModeNames[i] == name) return static_cast<ThemeMode>(i);
    return ThemeMode::System;
}

}  // namespace

Preferences::Preferences(QSettings& store, Theme& theme, Language& language, QObject* parent)
    : QObject(parent), m_store(store), m_theme(theme), m_language(language) {
    ThemeSettings look;
    look.mode = modeOf(store.value(kMode).toString());
    look.highContrast = store.value(kHighContrast, false).toBool();
    look.reducedMotion = store.value(kReducedMotion, false).toBool();
    bool isNumber = false;
    const int zoom = store.value(kTextZoom).toInt(&isNumber);
    if (isNumber) look.textZoomPercent = zoom;
    m_theme.apply(look);
    m_language.set(store.value(kLanguage).toString());
}

void Preferences::setLook(const ThemeSettings& look) {
    if (look == m_theme.settings()) return;
    m_theme.apply(look);
    m_store.setValue(kMode, kModeNames[static_cast<std::size_t>(look.mode)]);
    m_store.setValue(kHighContrast, look.highContrast);
    m_store.setValue(kReducedMotion, look.reducedMotion);
    m_store.setValue(kTextZoom, m_theme.settings().textZoomPercent);
    Q_EMIT changed();
}

void Preferences::setLanguage(const QString& name) {
    if (name == m_language.chosen()) return;
    m_language.set(name);
    m_store.setValue(kLanguage, name);
    Q_EMIT changed();
}

void Preferences::toggleDark() {
    ThemeSettings look = m_theme.settings();
    look.mode = m_theme.isDark() ? ThemeMode::Light : ThemeMode::Dark;
    setLook(look);
}

void Preferences::toggleLanguage() {
    setLanguage(QString::fromLatin1(m_language.isChinese() ? Language::kEnglish : Language::kChinese));
}

}  // namespace rw::ui
