// Nothing ticks for what is hidden or idle: what comes again and again is a Ticker's.
#include <QFileInfo>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/timer_rules.h"

using namespace rw::house;

namespace {

std::vector<SourceFile> windowFiles() {
    return filesBelow({QStringLiteral("app"), QStringLiteral("widgets")},
                      {QStringLiteral(".h"), QStringLiteral(".cpp")});
}

/// All of the class that a file is of: its header, and the sources that go on from its name.
QString codeAround(const SourceFile& file, const std::vector<SourceFile>& files) {
    const QFileInfo own(file.path);
    QString code;
    for (const SourceFile& each : files) {
        const QFileInfo other(each.path);
        const QString name = other.baseName();
        if (other.path() != own.path()) continue;
        if (name.startsWith(own.baseName()) || own.baseName().startsWith(name))
            code += each.lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
    }
    return code;
}

}  // namespace

class TestTimers : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatComesAgainAndAgainIsATickers() {
        const std::vector<SourceFile> files = windowFiles();
        QStringList breaches, needed;
        for (const SourceFile& file : files) {
            QString code;  // of the few files that have a timer
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                if (!needsATimer(file.lines[i], {})) continue;
                if (code.isEmpty()) code = codeAround(file, files);
                if (!needsATimer(file.lines[i], code)) continue;
                needed << file.path;
                const QString why = ticksByItself(file.path, file.lines[i], code);
                if (!why.isEmpty()) breaches << at(file.path, i + 1, why);
            }
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
        needed.removeDuplicates();
        const QString tooMany =
            difference(filesOfTimers(), QStringLiteral("allowed"), needed, QStringLiteral("needed"),
                       QStringLiteral("Take it out of tests/house/timer_rules.cpp."));
        QVERIFY2(tooMany.isEmpty(), qPrintable(tooMany));
    }

    void theRuleRefusesWhatItShould_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* line, const char* code, bool allowed) {
            QTest::addRow("%s | %s", line, code)
                << QString::fromUtf8(line) << QString::fromUtf8(code) << allowed;
        };
        const char* const once = "m_rest.setSingleShot(true);";
        row("    QTimer m_rest;", "", false);
        row("    QTimer m_rest{};", once, true);
        row("    QTimer m_rest;", "m_rest.setSingleShot(false);", false);
        row("    QTimer m_restless;", once, false);
        row("    QTimer m_rest, m_watch;", once, false);
        row("    QTimer m_watch, m_rest;", "m_watch.setSingleShot(true);\nm_rest.setSingleShot(true);", true);
        row("    QTimer* m_rest;  ///< goes on", "m_rest->setSingleShot(true);", true);
        row("    QTimer* m_rest;", "", false);
        row("    QTimer timer(this);", once, false);
        row("    auto* beat = new QTimer(this);", "beat->start(50);", false);
        row("      m_rest(new QTimer(this)),", "m_rest->setSingleShot(true);", true);
        row("class Pause : public QTimer {", "    setSingleShot(true);", true);
        row("class Pause : public QTimer {", once, false);
        row("    m_id = startTimer(100);", once, false);
        row("    QBasicTimer m_tick;", "", false);
        row("    m_animation.setLoopCount(-1);", "", false);
        row("class QTimer;", "", true);
        row("// a QTimer would;", "", true);
        row("connect(&m_rest, &QTimer::timeout, this, &X::begin);", "", true);
        row("QTimer::singleShot(0, this, [this] { begin(); });", "", true);
        row("auto* pause = edit->findChild<QTimer*>(name);", "", true);
        row("    Ticker m_ticker;", "", true);
    }

    void theRuleRefusesWhatItShould() {
        QFETCH(QString, line);
        QFETCH(QString, code);
        QFETCH(bool, allowed);
        QCOMPARE(ticksByItself(QStringLiteral("widgets/panels/x.h"), line, code).isEmpty(), allowed);
        QVERIFY(ticksByItself(filesOfTimers().first(), line, code).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestTimers)
#include "test_timers.moc"
