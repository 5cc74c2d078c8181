#include "widgets/alerts/alert_keys.h"

#include <QHBoxLayout>
#include <QLabel>

#include "widgets/theme/elided_label.h"
#include "widgets/theme/metrics.h"

namespace rw::ui {

AlertKeys::AlertKeys(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kGrid);
    m_go = addKey(*row, QStringLiteral("↵"));
    m_acknowledge = addKey(*row, QStringLiteral("K"));
    m_silence = addKey(*row, QStringLiteral("S"));
}

AlertKeys::Key AlertKeys::addKey(QHBoxLayout& row, const QString& key) {
    auto* words = new ElidedLabel;  // in a narrow window
    words->setElideMode(Qt::ElideRight);
    words->setProperty("role", "caption");
    auto* cap = new QLabel(key);
    cap->setProperty("role", "key");
    row.addWidget(words);
    row.addWidget(cap);
    row.addSpacing(metrics::kGrid);
    return {words, cap};
}

void AlertKeys::setEnter(Enter goes) {
    if (goes == m_goes) return;
    m_goes = goes;
    retranslate();
}

void AlertKeys::retranslate() {
    if (m_goes != Enter::Nowhere)
        m_go.words->setText(m_goes == Enter::Moment ? tr("Enter goes to the moment")
                                                    : tr("Enter goes to the node"));
    m_go.words->setVisible(m_goes != Enter::Nowhere);
    m_go.cap->setVisible(m_goes != Enter::Nowhere);
    m_acknowledge.words->setText(tr("Acknowledge"));
    m_silence.words->setText(tr("Silence for an hour"));
}

}  // namespace rw::ui
