// The Settings page of every node type has something to read, also of those without parameters.
#include <QLabel>
#include <QtTest>
#include <algorithm>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/param_form.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestBareNodes : public QObject {
    Q_OBJECT
    Catalogue m_catalogue = builtin();

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    // An empty page would look broken: a node without settings says what it does and takes.
    void everyNodeHasSomethingToRead() {
        PipelineDocument document(m_catalogue);
        int without = 0;
        for (const NodeKind& kind : m_catalogue.kinds()) {
            ParamForm form(document);
            form.resize(320, 400);
            form.show();
            NodeTemplate made;
            made.type = kind.type;
            form.setNode(document.addNode(made, {0, 0}));
            const auto* const purpose = form.findChild<QLabel*>(QStringLiteral("purpose"));
            QCOMPARE(purpose != nullptr, kind.params.empty());
            const auto fields = form.findChildren<ParamField*>();
            const bool seen = std::any_of(fields.begin(), fields.end(),
                                          [](const ParamField* each) { return each->isVisible(); });
            QVERIFY2(seen || (purpose != nullptr && purpose->isVisible()), kind.type.c_str());
            if (purpose == nullptr) continue;
            ++without;
            for (const PortSpec& input : kind.inputs)
                QVERIFY2(purpose->text().contains(QString::fromStdString(english(input.label))),
                         kind.type.c_str());
            if (kind.type == "union") {
                QCOMPARE(purpose->text(),
                         QStringLiteral("Merge streams, same columns\nInput “streams”: takes any number of "
                                        "wires\nIt has no settings."));
            }
        }
        QVERIFY(without > 0);
    }
};

QTEST_MAIN(TestBareNodes)
#include "test_bare_nodes.moc"
