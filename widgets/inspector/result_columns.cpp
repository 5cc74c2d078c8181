#include "widgets/inspector/result_columns.h"

#include <QLabel>
#include <QVBoxLayout>

#include "widgets/theme/chip.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

ResultColumns::ResultColumns(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, metrics::kGrid, 0, 0);
    column->setSpacing(metrics::kGrid);
    auto* head = new QLabel(tr("Result columns"));
    head->setProperty("role", "section");
    auto* chips = new QWidget;
    m_chips = new FlowLayout(chips);
    column->addWidget(head);
    column->addWidget(chips);
    hide();
}

void ResultColumns::setStream(const StreamType* stream) {
    setVisible(stream != nullptr);
    if (stream == nullptr || *stream->schema == m_columns) return;
    m_columns = *stream->schema;
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Field& field : m_columns.fields) {
        auto* chip = new Chip(QString::fromStdString(field.name));
        chip->setMono(true);
        chip->setFocusPolicy(Qt::NoFocus);
        chip->setToolTip(QString::fromStdString(toString(field.type)));
        m_chips->addWidget(chip);
        chip->show();
    }
}

}  // namespace rw::ui
