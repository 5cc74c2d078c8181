// Titles, paths and rows are other people's words: no widget may read markup in them.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/plain_rules.h"

using namespace rw::house;

class TestPlainText : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void widgetsShowWordsAsTheyAre() {
        QStringList breaches, needed;
        for (const SourceFile& file : filesBelow({QStringLiteral("app"), QStringLiteral("widgets")},
                                                 {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const QString why = takesMarkup(file.path, file.lines[i]);
                if (!why.isEmpty()) breaches << at(file.path, i + 1, why);
                needed << markupThatNeeds(file.path, file.lines[i]);
            }
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
        needed.removeDuplicates();
        const QString tooMany =
            difference(filesOfMarkup(), QStringLiteral("allowed"), needed, QStringLiteral("needed"),
                       QStringLiteral("Take it out of tests/house/plain_rules.cpp."));
        QVERIFY2(tooMany.isEmpty(), qPrintable(tooMany));
    }

    void theRulesRefuseWhatTheyShould_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* line, bool allowed) {
            QTest::newRow(line) << QString::fromUtf8(line) << allowed;
        };
        const auto refused = [&](const char* line) { row(line, false); };
        const auto allowed = [&](const char* line) { row(line, true); };
        refused("m_words->setTextFormat(Qt::RichText);");
        refused("m_words->setTextFormat(Qt::PlainText);");
        refused("document.setHtml(text);");
        refused("QStaticText words(title);");
        refused("auto* item = new QGraphicsTextItem(title);");
        refused("m_axisX->setTitleText(name);");
        refused("label->setText(QString::fromStdString(node->shownTitle()));");
        allowed("label->setText(titleOf(*node));");
        allowed("setToolTip(shownLines(words, kTipLength));");
        allowed("// Qt::RichText would read it");
    }

    void theRulesRefuseWhatTheyShould() {
        QFETCH(QString, line);
        QFETCH(bool, allowed);
        QCOMPARE(takesMarkup(QStringLiteral("widgets/panels/x.cpp"), line).isEmpty(), allowed);
    }
};

QTEST_APPLESS_MAIN(TestPlainText)
#include "test_plain_text.moc"
