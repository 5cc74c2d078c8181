// What a variant costs and brings, in four figures.
#pragma once
#include <QWidget>
#include <array>

#include "core/what_if/what_if.h"
#include "widgets/what_if/ab_slider.h"

class QLabel;

namespace rw::ui {

class FigureCards final : public QWidget {
    Q_OBJECT
 public:
    static constexpr std::size_t kCards = 4;

    explicit FigureCards(QWidget* parent = nullptr);

    /// Of the result that is shown, `port`, for A and one variant.
    void set(const WhatIfAnswer& answer, const WhatIfPort& port, CompareSide variant);
    /// The figures are of the settings before.
    void setStale(bool stale);
    /// A card in words: “Late rows: A 2, B 0, −2”.
    QString words(std::size_t card) const;

 private:
    struct Card {
        QLabel *title = nullptr, *a = nullptr, *b = nullptr, *change = nullptr;
        SideSign* sign = nullptr;  ///< of the variant
    };
    void fill(std::size_t card, const QString& title, const QString& a, const QString& b,
              const QString& change, const QString& tip);

    std::array<Card, kCards> m_cards{};
    CompareSide m_variant = CompareSide::B;
};

}  // namespace rw::ui
