// The help on connections is made of their declarations: every kind and every field is there.
#include <QtTest/QtTest>

#include "core/connect/connections/connection_kind.h"
#include "core/nodes/catalogue.h"
#include "widgets/help/connection_tables.h"
#include "widgets/help/help_pages.h"

using namespace rw;
using namespace rw::ui;

class TestConnectionTables : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyFieldIsOnThePage() {
        const QString text = helpText(QStringLiteral("connections"), builtin());
        QVERIFY(!text.contains(QStringLiteral("(connection kinds)")));
        for (const ConnectionKind& kind : connectionKinds()) {
            const QString head = QStringLiteral("`%1`\n").arg(QString::fromStdString(kind.name));
            QVERIFY2(text.contains(head), kind.name.c_str());
            const QString part = text.section(head, 1).section(QStringLiteral("\n### "), 0, 0);
            for (const ConnectionField& field : kind.fields)
                QVERIFY2(part.contains(QStringLiteral("`%1` |").arg(QString::fromStdString(field.name))),
                         (kind.name + "." + field.name).c_str());
            for (const ConnectionSecret& secret : kind.secrets)
                QVERIFY2(part.contains(QStringLiteral("`%1` |").arg(QString::fromStdString(secret.name))),
                         (kind.name + "." + secret.name).c_str());
        }
    }

    void otherPagesStay() {
        const QString text = QStringLiteral("# Page\n\nWords.\n");
        QCOMPARE(withConnectionTables(text), text);
    }
};

QTEST_MAIN(TestConnectionTables)
#include "test_connection_tables.moc"
