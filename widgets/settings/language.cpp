#include "widgets/settings/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace rw::ui {
namespace {

QString shownFor(const QString& chosen) {
    const QString name = chosen.isEmpty() ? QLocale::system().name() : chosen;
    return QString::fromLatin1(name.startsWith(QLatin1String("zh")) ? Language::kChinese
                                                                    : Language::kEnglish);
}

// An absent file leaves the source texts: nothing to report.
void install(QTranslator& translator, const QString& file, const QString& folder) {
    if (translator.load(file, folder)) QCoreApplication::installTranslator(&translator);
}

}  // namespace

Language::Language(QObject* parent) : QObject(parent) {}

void Language::set(const QString& name) {
    m_chosen = name;
    const QString shown = shownFor(name);
    if (shown == m_shown && !m_own.isEmpty()) return;
    m_shown = shown;
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    if (isChinese())
        install(m_qt, QStringLiteral("qtbase_") + shown, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(m_own, QStringLiteral("rillwright_") + shown, QStringLiteral(":/i18n"));
    Q_EMIT changed();
}

}  // namespace rw::ui
