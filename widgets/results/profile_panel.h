// The right side of the results: every column of the shown rows at a glance.
#pragma once
#include <QWidget>

#include "widgets/results/profile_card.h"
#include "widgets/results/result_profiler.h"

class QLabel;
class QVBoxLayout;

namespace rw::ui {

class ProfilePanel : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 264;

    explicit ProfilePanel(QWidget* parent = nullptr);

    void setMatch(const SqliteMatch& match);
    void clear();
    const std::vector<ProfileCard*>& cards() const { return m_cards; }

 Q_SIGNALS:
    void filterRequested(const QString& filter);
    void failed(const rw::Error& error);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void makeCards(const SqliteEntry& table);
    void retranslate();

    ResultProfiler m_profiler;
    std::string m_shown;                  ///< path and table
    std::vector<SqliteColumn> m_columns;  ///< a card each
    std::vector<ProfileCard*> m_cards;
    QLabel* m_title;
    QVBoxLayout* m_column;
};

}  // namespace rw::ui
