// The help of a parameter in its form: as a tooltip, and for who listens to the form.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/param_form.h"
#include "widgets/inspector/param_row.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestParamHelp : public QObject {
    Q_OBJECT

    const Catalogue m_catalogue = builtin();

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void isShownWithoutMarksOfCode() {
        PipelineDocument document(m_catalogue);
        ParamForm form(document);
        form.show();
        NodeTemplate sample;
        sample.type = "sample";
        form.setNode(document.addNode(sample, {0, 0}));
        const auto* input = form.findChild<QWidget*>(QStringLiteral("input_fraction"));
        QVERIFY(input);
        QVERIFY2(input->accessibleDescription().contains(QStringLiteral("from 0 to 1: “0.1” keeps")),
                 qPrintable(input->accessibleDescription()));
        const auto rows = form.findChildren<ParamRow*>();
        QVERIFY(!rows.isEmpty());
        for (const ParamRow* row : rows)
            QVERIFY2(!row->toolTip().isEmpty() && !row->toolTip().contains(u'`'), qPrintable(row->toolTip()));
    }
};

QTEST_MAIN(TestParamHelp)
#include "test_param_help.moc"
