// Every text that a person can meet is there in Chinese, with the same places for its arguments.
#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

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

}  // namespace

class TestTranslations : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::vector<Message> m_messages;  ///< of the file as lupdate would leave it today
    QString m_doubts;                 ///< where lupdate could not tell the context of a text

 private Q_SLOTS:
    void initTestCase() {
        const QString copy = m_folder.filePath(QStringLiteral("zh_CN.ts"));
        QVERIFY(QFile::copy(QDir(top()).filePath(QStringLiteral("translations/rillwright_zh_CN.ts")), copy));
        QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
        QProcess lupdate;
        lupdate.setWorkingDirectory(top());
        lupdate.start(
            QStringLiteral(LUPDATE),
            {QStringLiteral("-silent"), QStringLiteral("-I"), QStringLiteral("."),
             QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("-tr-function-alias"),
             QStringLiteral("QT_TRANSLATE_NOOP+=RW_TEXT"), QStringLiteral("app"), QStringLiteral("core"),
             QStringLiteral("widgets"), QStringLiteral("-ts"), copy});
        QVERIFY2(lupdate.waitForFinished(60000) && lupdate.exitCode() == 0,
                 lupdate.readAllStandardError().constData());
        m_doubts = QString::fromLocal8Bit(lupdate.readAllStandardError() + lupdate.readAllStandardOutput());
        m_messages = messagesOf(copy);
        QVERIFY(!m_messages.empty());
    }

    /// A text filed under another context than it is asked for with stays English however well it is
    /// translated.
    void everyContextIsKnown() { QVERIFY2(m_doubts.isEmpty(), qPrintable(m_doubts)); }

    void everyTextIsTranslated() {
        QStringList missing;
        for (const Message& message : m_messages)
            if (message.state == QLatin1String("unfinished") || message.translations.contains(QString()))
                missing << told(message);
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("%1 untranslated:\n").arg(missing.size()) +
                                               missing.join(QLatin1Char('\n'))));
    }

    void noTranslationIsLeftOver() {
        QStringList obsolete;
        for (const Message& message : m_messages)
            if (message.state == QLatin1String("vanished") || message.state == QLatin1String("obsolete"))
                obsolete << told(message);
        QVERIFY2(obsolete.isEmpty(), qPrintable(obsolete.join(QLatin1Char('\n'))));
    }

    /// An argument left out of a translation would vanish without a word.
    void argumentsHaveTheirPlaces() {
        QStringList different;
        for (const Message& message : m_messages) {
            if (!message.state.isEmpty()) continue;
            for (const QString& translation : message.translations)
                if (places(translation) != places(message.source)) different << told(message);
        }
        QVERIFY2(different.isEmpty(), qPrintable(different.join(QLatin1Char('\n'))));
    }
};

QTEST_APPLESS_MAIN(TestTranslations)
#include "test_translations.moc"
