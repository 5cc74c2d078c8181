// Every text that a person can meet is there in Chinese, with the same places for its arguments, and every
// text with a number in English for one and for several.
#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

/// The action against it.
const QString kGather = QStringLiteral(
    "\n“cmake --build build/release --target update_translations” gathers the texts of today; translate what is "
    "unfinished in translations/rillwright_zh_CN.ts.");

struct Message {
    QString context, source;
    QStringList translations;  ///< one, or one per plural form
    QString state;             ///< of the translation: empty when finished
};

QStringList translationsOf(QXmlStreamReader& xml) {
    QStringList forms;
    QString text;
    while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == QLatin1String("translation"))) {
        if (xml.isStartElement() && xml.name() == QLatin1String("numerusform"))
            forms << xml.readElementText();
        if (xml.isCharacters()) text += xml.text();
    }
    return forms.isEmpty() ? QStringList{text} : forms;
}

std::vector<Message> messagesOf(const QString& path) {
    std::vector<Message> messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("name")) context = xml.readElementText();
        if (xml.name() == QLatin1String("message")) messages.push_back({context, {}, {}, {}});
        if (xml.name() == QLatin1String("source")) messages.back().source = xml.readElementText();
        if (xml.name() == QLatin1String("translation")) {
            messages.back().state = xml.attributes().value(QLatin1String("type")).toString();
            messages.back().translations = translationsOf(xml);
        }
    }
    return messages;
}

/// %1 … %9 and %n of a text, sorted.
QStringList places(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("%L?([1-9n])"));
    QStringList found;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) found << matches.next().captured(1);
    found.sort();
    found.removeDuplicates();
    return found;
}

QString told(const Message& message) {
    return QStringLiteral("%1: %2").arg(message.context, message.source);
}

/// A translation file against the sources of today.
struct Update {
    std::vector<Message> messages;  ///< of the file as lupdate would leave it today
    QString doubts;                 ///< where lupdate could not tell the context of a text
};

/// Nothing when lupdate fails.
Update updated(const QString& language, const QStringList& options) {
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("copy.ts"));
    QFile::copy(QDir(top()).filePath(QStringLiteral("translations/rillwright_%1.ts").arg(language)), copy);
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    QProcess lupdate;
    lupdate.setWorkingDirectory(top());
    lupdate.start(
        QStringLiteral(LUPDATE),
        QStringList{QStringLiteral("-silent"), QStringLiteral("-I"), QStringLiteral("."),
                    QStringLiteral("-locations"), QStringLiteral("none"),
                    QStringLiteral("-tr-function-alias"), QStringLiteral("QT_TRANSLATE_NOOP+=RW_TEXT"),
                    QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("widgets")} +
            options + QStringList{QStringLiteral("-ts"), copy});
    if (!lupdate.waitForFinished(60000) || lupdate.exitCode() != 0) return {};
    return {messagesOf(copy), QString::fromLocal8Bit(lupdate.readAllStandardError())};
}

}  // namespace

class TestTranslations : public QObject {
    Q_OBJECT

    Update m_chinese, m_english;

 private Q_SLOTS:
    void initTestCase() {
        m_chinese = updated(QStringLiteral("zh_CN"), {});
        QVERIFY(!m_chinese.messages.empty());
        m_english = updated(QStringLiteral("en"), {QStringLiteral("-pluralonly")});
        QVERIFY(!m_english.messages.empty());
    }

    /// A text filed under another context than it is asked for with stays English however well it is
    /// translated.
    void everyContextIsKnown() { QVERIFY2(m_chinese.doubts.isEmpty(), qPrintable(m_chinese.doubts)); }

    void englishHasOneAndSeveral() {
        for (const Message& message : m_english.messages) {
            QVERIFY2(message.state.isEmpty(),
                     qPrintable(told(message) + QStringLiteral("\nis ") + message.state + kGather));
            const QString forms = QStringLiteral(
                                      "%1\n%2 forms; give it one for one and one for several in "
                                      "translations/rillwright_en.ts%3")
                                      .arg(told(message))
                                      .arg(message.translations.size())
                                      .arg(kGather);
            QVERIFY2(message.translations.size() == 2, qPrintable(forms));
            QVERIFY2(message.translations[0] != message.translations[1], qPrintable(told(message)));
            for (const QString& translation : message.translations) {
                QVERIFY2(!translation.isEmpty(), qPrintable(told(message)));
                QVERIFY2(places(translation) == places(message.source),
                         qPrintable(told(message) + QStringLiteral("\nother arguments: ") + translation));
            }
        }
    }

    void everyTextIsTranslated() {
        QStringList missing;
        for (const Message& message : m_chinese.messages)
            if (message.state == QLatin1String("unfinished") || message.translations.contains(QString()))
                missing << told(message);
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("%1 untranslated:\n").arg(missing.size()) +
                                               missing.join(QLatin1Char('\n')) + kGather));
    }

    void noTranslationIsLeftOver() {
        QStringList obsolete;
        for (const Message& message : m_chinese.messages)
            if (message.state == QLatin1String("vanished") || message.state == QLatin1String("obsolete"))
                obsolete << told(message);
        QVERIFY2(obsolete.isEmpty(), qPrintable(obsolete.join(QLatin1Char('\n')) + kGather));
    }

    /// An argument left out of a translation would vanish without a word.
    void argumentsHaveTheirPlaces() {
        QStringList different;
        for (const Message& message : m_chinese.messages) {
            if (!message.state.isEmpty()) continue;
            for (const QString& translation : message.translations)
                if (places(translation) != places(message.source))
                    different << told(message) + QStringLiteral("\n  but: ") + translation;
        }
        QVERIFY2(different.isEmpty(),
                 qPrintable(different.join(QLatin1Char('\n')) +
                            QStringLiteral("\nGive the translation every %1 … of the text, in "
                                           "translations/rillwright_zh_CN.ts.")));
    }
};

QTEST_APPLESS_MAIN(TestTranslations)
#include "test_translations.moc"
