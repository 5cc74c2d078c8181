// A parameter that depends on another one is in the form while it applies, be the other a choice or a switch.
#include "widgets/inspector/param_row.h"

#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/fields/param_field.h"
#include "widgets/inspector/param_form.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const ParamRow* rowOf(const ParamForm& form, const std::string& param) {
    for (const ParamRow* row : form.findChildren<ParamRow*>()) {
        if (row->spec().name == param) return row;
    }
    return nullptr;
}

}  // namespace

class TestParamRow : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void aSwitchBringsWhatDependsOnIt() {
        const Catalogue catalogue = builtin();
        for (const bool follow : {true, false}) {
            PipelineDocument document(catalogue);
            NodeTemplate made;
            made.type = "webhdfs_source";
            made.params = {{"follow", follow}, {"format", "json"}};
            ParamForm form(document);
            form.show();
            form.setNode(document.addNode(made, {0, 0}));
            const ParamRow* every = rowOf(form, "every");
            const ParamRow* header = rowOf(form, "header");  // of CSV alone
            QVERIFY(every != nullptr && header != nullptr);
            QCOMPARE(every->isVisible(), follow);
            QVERIFY(!header->isVisible());
        }
    }

    /// “Add column” beside another heading would stay there when its field does not apply.
    void aToolStandsBesideTheNameOfItsField() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        NodeTemplate made;
        made.type = "sql_source";
        made.params = {{"mode", "growing"}};
        ParamForm form(document);
        form.show();
        form.setNode(document.addNode(made, {0, 0}));
        for (const char* const name : {"key", "cursor"}) {
            const ParamRow* row = rowOf(form, name);
            QVERIFY(row != nullptr && row->field().headTool() != nullptr);
            QVERIFY2(row->isAncestorOf(row->field().headTool()), name);
            QCOMPARE(row->field().headTool()->isVisible(), std::string(name) == "cursor");
        }
    }
};

QTEST_MAIN(TestParamRow)
#include "test_param_row.moc"
