// What the charts of the dashboard keep of their rows, as chips above them.
#pragma once
#include <QStringList>
#include <QTimeZone>
#include <QWidget>
#include <vector>

class QLabel;

namespace rw::ui {

class Chip;
class FlowLayout;
class SharedFilter;

/// Hidden while nothing is filtered. Esc lifts what was chosen last.
class FilterBar : public QWidget {
    Q_OBJECT
 public:
    /// `filter` outlives it.
    explicit FilterBar(SharedFilter& filter, QWidget* parent = nullptr);
    /// In which times are written.
    void setZone(const QTimeZone& zone);
    /// How many charts follow the filter, of all.
    void setReach(std::size_t charts, std::size_t all);
    /// What is kept, as the chips say it; empty: nothing is filtered.
    QStringList words() const;

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void refresh();
    void refreshReach();
    Chip* addChip(const QString& words);

    SharedFilter& m_filter;
    QTimeZone m_zone = QTimeZone::utc();
    FlowLayout* m_flow;
    QLabel *m_title, *m_reach;
    std::vector<Chip*> m_chips;
    std::size_t m_charts = 0, m_all = 0;
};

}  // namespace rw::ui
