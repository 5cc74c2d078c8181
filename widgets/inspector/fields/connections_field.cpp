#include "widgets/inspector/fields/connections_field.h"

#include <QCheckBox>
#include <QVBoxLayout>
#include <algorithm>

#include "core/pipeline/checks/connection_check.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ConnectionsField::ConnectionsField(const ParamSpec& spec)
    : ParamField(spec), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    refill();
}

void ConnectionsField::refill() {
    std::vector<std::pair<std::string, QString>> wanted;
    std::vector<std::string> names;
    for (const Choice& word : spec().words) wanted.emplace_back(word.value, translated(word.label));
    for (const auto& each : wanted) names.push_back(each.first);
    for (const std::vector<std::string>* some : {&m_fitting, &m_chosen}) {
        for (const std::string& name : *some) {
            if (holds(names, name)) continue;
            names.push_back(name);
            wanted.emplace_back(name, QString::fromStdString(name));
        }
    }
    const bool same = std::equal(names.begin(), names.end(), m_boxes.begin(), m_boxes.end(),
                                 [](const std::string& name, const Box& box) { return name == box.name; });
    if (!same) {
        for (const Box& box : m_boxes) {  // it may be the one that was clicked just now
            box.box->hide();
            box.box->deleteLater();
        }
        m_boxes.clear();
        for (const auto& [name, label] : wanted) add(name, label);
        if (!m_boxes.empty()) setFocusProxy(m_boxes.front().box);
    }
    for (const Box& box : m_boxes) box.box->setChecked(holds(m_chosen, box.name));
}

void ConnectionsField::add(const std::string& name, const QString& label) {
    auto* box = new QCheckBox(QString(label).replace(QLatin1Char('&'), QStringLiteral("&&")));
    box->setObjectName(QStringLiteral("to_") + QString::fromStdString(name));
    m_layout->addWidget(box);
    m_boxes.push_back({name, box});
    connect(box, &QCheckBox::clicked, this, &ConnectionsField::notifyEdited);
}

void ConnectionsField::notifyEdited() {
    Json value = Json::array();
    for (const Box& box : m_boxes) {
        if (box.box->isChecked()) value.push_back(box.name);
    }
    Q_EMIT edited(value);
}

void ConnectionsField::setValue(const Json& value) {
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    m_chosen.clear();
    if (shown.is_array()) {
        for (const Json& each : shown) {
            if (each.is_string()) m_chosen.push_back(each.get<std::string>());
        }
    }
    refill();
}

void ConnectionsField::setContext(const FieldContext& context) {
    m_fitting.clear();
    if (context.connections) {
        for (const KnownConnection& each : context.connections->connections) {
            if (connectionFits(spec(), each.kind)) m_fitting.push_back(each.name);
        }
    }
    refill();
}

void ConnectionsField::setIssues(const std::vector<Issue>& issues) {
    for (const Box& box : m_boxes) setFieldState(*box.box, stateOf(issues));
}

}  // namespace rw::ui
