// The language of the interface, switched while the program runs: widgets get a LanguageChange event and renew
// their texts. The program's own texts come from :/i18n, those of Qt's dialogs from Qt's translations.
// The source texts are English; the English file holds only what reads differently for one and for several.
#pragma once
#include <QObject>
#include <QString>
#include <QTranslator>

#include "widgets/document/source_texts.h"

namespace rw::ui {

class Language : public QObject {
    Q_OBJECT
 public:
    /// Names of languages as they are stored: empty is the desktop's.
    static constexpr auto kSystem = "";
    static constexpr auto kEnglish = "en";
    static constexpr auto kChinese = "zh_CN";

    explicit Language(QObject* parent = nullptr);

    /// An unknown name counts as English.
    void set(const QString& name);
    QString chosen() const { return m_chosen; }  ///< as it was set
    QString shown() const { return m_shown; }    ///< kEnglish or kChinese
    bool isChinese() const { return m_shown == QLatin1String(kChinese); }

 Q_SIGNALS:
    void changed();

 private:
    QString m_chosen = QString::fromLatin1(kEnglish);
    QString m_shown = QString::fromLatin1(kEnglish);
    RememberingTranslator m_own;
    QTranslator m_qt;
};

}  // namespace rw::ui
