#include "widgets/inspector/fields/map_field.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/inspector/fields/typed_text.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

MapField::MapField(const ParamSpec& spec)
    : ParamField(spec), m_rows(new QVBoxLayout(this)), m_add(makeAddButton()) {
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(metrics::kStep);
    m_add->setText(tr("Add value"));
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addLine();
        m_lines.back().name->setFocus();
    });
}

void MapField::addLine() {
    constexpr int kLeastWords = 44;
    Line line{new QWidget, new QLineEdit, new QLineEdit};
    auto* row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    line.name->setPlaceholderText(tr("name"));
    line.name->setAccessibleName(tr("Name of the variable"));
    line.value->setPlaceholderText(tr("value"));
    line.value->setAccessibleName(tr("Value of the variable"));
    for (QLineEdit* edit : {line.name, line.value}) {
        edit->setMinimumWidth(Theme::of(this).scaled(kLeastWords));
        row->addWidget(edit, 1);
        whenTyped(edit, m_whileWhole, [this] { notifyEdited(); });
    }
    auto* remove = new IconButton(QStringLiteral("x"), tr("Remove this value"));
    row->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, gone = line.row] { removeLine(gone); });
    m_rows->addWidget(line.row);
    m_lines.push_back(line);
}

void MapField::removeLine(const QWidget* row) {
    for (const Line& line : m_lines) {
        if (line.row != row) continue;
        line.row->hide();
        line.row->deleteLater();
    }
    std::erase_if(m_lines, [row](const Line& line) { return line.row == row; });
    notifyEdited();
}

/// Lines without a name are not finished, and a name that stands twice is not either.
Json MapField::typed() const {
    Json values = Json::object();
    for (const Line& line : m_lines) {
        const std::string name = line.name->text().trimmed().toStdString();
        if (!name.empty() && !values.contains(name)) values[name] = line.value->text().toStdString();
    }
    return values;
}

void MapField::setValue(const Json& value) {
    const Json shown = value.is_object() ? value : Json::object();
    if (shown == typed()) return;  // unfinished text stays
    while (m_lines.size() > shown.size()) {
        m_lines.back().row->hide();
        m_lines.back().row->deleteLater();
        m_lines.pop_back();
    }
    std::size_t place = 0;
    for (const auto& item : shown.items()) {
        if (place == m_lines.size()) addLine();
        const Line& line = m_lines[place++];
        const Json& text = item.value();
        showText(line.name, QString::fromStdString(item.key()));
        showText(line.value,
                 QString::fromStdString(text.is_string() ? text.get<std::string>() : text.dump()));
    }
}

void MapField::setIssues(const std::vector<Issue>& issues) {
    for (const Line& line : m_lines) setFieldState(*line.value, stateOf(issues));
}

void MapField::notifyEdited() {
    const Json values = typed();
    Q_EMIT edited(values.empty() ? Json() : values);
}

}  // namespace rw::ui
