#include "widgets/inspector/fields/param_field.h"

#include <QCoreApplication>
#include <QPushButton>

#include "widgets/editor/sql_highlighter.h"
#include "widgets/inspector/fields/aggregates_field.h"
#include "widgets/inspector/fields/alternative_field.h"
#include "widgets/inspector/fields/column_fields.h"
#include "widgets/inspector/fields/connection_field.h"
#include "widgets/inspector/fields/connections_field.h"
#include "widgets/inspector/fields/list_field.h"
#include "widgets/inspector/fields/map_field.h"
#include "widgets/inspector/fields/pattern_field.h"
#include "widgets/inspector/fields/python_field.h"
#include "widgets/inspector/fields/rows_field.h"
#include "widgets/inspector/fields/simple_fields.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

ParamField* makeParamField(const ParamSpec& spec) {
    switch (spec.kind) {
        case ParamKind::Boolean:
            return new BooleanField(spec);
        case ParamKind::Integer:
        case ParamKind::Number:
            return new NumberField(spec);
        case ParamKind::Duration:
            if (spec.alternative) return new AlternativeField(spec);
            return new DurationField(spec);
        case ParamKind::Choice:
            return new ChoiceField(spec);
        case ParamKind::String:
        case ParamKind::Character:
            return new TextField(spec);
        case ParamKind::InputPath:
        case ParamKind::OutputPath:
            return new PathField(spec);
        case ParamKind::PythonCode:
            return new PythonField(spec);
        case ParamKind::Condition:
        case ParamKind::JoinCondition:
            return new ExpressionField(spec);
        case ParamKind::RowPattern:
            return new PatternField(spec);
        case ParamKind::ColumnName:
            return new ColumnField(spec);
        case ParamKind::ColumnNames:
            return new ColumnsField(spec);
        case ParamKind::Aggregates:
            return new AggregatesField(spec);
        case ParamKind::SelectItems:
        case ParamKind::SortItems:
        case ParamKind::Branches:
        case ParamKind::ColumnDefs:
        case ParamKind::GeneratorColumns:
            return new ListField(spec);
        case ParamKind::ValueRows:
            return new RowsField(spec);
        case ParamKind::StringMap:
            return new MapField(spec);
        case ParamKind::Connection:
            return new ConnectionField(spec);
        case ParamKind::Connections:
            return new ConnectionsField(spec);
    }
    return new TextField(spec);
}

QString severalValues() {
    return QCoreApplication::translate("param_field", "Several values");
}

const char* stateOf(const std::vector<Issue>& issues) {
    const char* state = "";
    for (const Issue& issue : issues) {
        if (issue.severity == Severity::Error) return "error";
        state = "warn";
    }
    return state;
}

std::vector<ErrorRange> errorRangesIn(const QString& text, const std::vector<Issue>& issues) {
    const std::string bytes = text.toStdString();
    std::vector<ErrorRange> mistakes;
    for (const Issue& issue : issues) {
        const int from = characterAt(bytes, issue.position);
        const int to = characterAt(bytes, issue.position + issue.length);
        if (to > from) mistakes.push_back({from, to - from, issue.severity == Severity::Warning});
    }
    return mistakes;
}

void setFieldState(QWidget& widget, const char* state) {
    if (widget.property("state").toString() == QLatin1String(state)) return;
    widget.setProperty("state", state);
    Theme::repolish(&widget);
}

QPushButton* makeAddButton() {
    auto* button = new QPushButton;
    button->setProperty("role", "link");
    button->setIcon(Theme::of(button).icon(u"plus", ColorRole::Accent));
    return button;
}

}  // namespace rw::ui
