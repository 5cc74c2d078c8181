// Texts of core in the user's language, those inside other texts too.
#include <QTranslator>
#include <QtTest/QtTest>

#include "core/base/text.h"
#include "widgets/document/translated.h"

using namespace rw;

class TestTranslated : public QObject {
    Q_OBJECT

    QTranslator m_chinese;

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_chinese.load(QStringLiteral(":/i18n/rillwright_zh_CN.qm")));
        QVERIFY(QCoreApplication::installTranslator(&m_chinese));
    }

    void aTextInsideAnotherIsTranslated() {
        const Text row = RW_TEXT("run", "Row %1 failed: %2 The row: “%3”.")
                             .with(7, RW_TEXT("source", "The event time is NULL."), "1,x");
        const QString said = ui::translated(row);
        QVERIFY2(said.contains(QLatin1Char('7')) && said.contains(QLatin1String("1,x")), qPrintable(said));
        QVERIFY2(!said.contains(QLatin1String("event time")) && !said.contains(QLatin1String("failed")),
                 qPrintable(said));
        QVERIFY(said.contains(ui::translated(RW_TEXT("source", "The event time is NULL."))));
    }
};

QTEST_GUILESS_MAIN(TestTranslated)
#include "test_translated.moc"
