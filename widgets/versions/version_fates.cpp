// What becomes of the state of nodes, of version_changes.h.
#include <QCoreApplication>
#include <map>

#include "widgets/document/translated.h"
#include "widgets/versions/version_changes.h"

namespace rw::ui {

namespace {

DifferencePicture::Fate shownFate(const NodeForecast& node) {
    if (node.isNew()) return DifferencePicture::Fate::Untold;
    switch (node.fate) {
        case StateFate::Keeps:
        case StateFate::CarriesOver:
            return DifferencePicture::Fate::Kept;
        case StateFate::StartsAnew:
            return DifferencePicture::Fate::Lost;
        case StateFate::Cannot:
            return DifferencePicture::Fate::Impossible;
        case StateFate::NoState:
            break;
    }
    return DifferencePicture::Fate::Untold;
}

}  // namespace

FateCounts countsOf(const Forecast& forecast) {
    FateCounts counts;
    for (const auto& [id, node] : forecast.nodes) {
        if (forecast.isSubflow(id)) continue;
        counts.kept += node.fate == StateFate::Keeps ? 1 : 0;
        counts.carried += node.fate == StateFate::CarriesOver ? 1 : 0;
        counts.lost += node.fate == StateFate::StartsAnew && !node.isNew() ? 1 : 0;
        counts.impossible += node.fate == StateFate::Cannot ? 1 : 0;
    }
    return counts;
}

QString fateWords(const NodeForecast& forecast) {
    const QString why = forecast.why.empty() ? QString() : translated(forecast.why);
    const auto with = [&why](const QString& words) {
        return why.isEmpty() ? words : QCoreApplication::translate("versions", "%1: %2").arg(words, why);
    };
    switch (forecast.fate) {
        case StateFate::Keeps:
            return QCoreApplication::translate("versions", "Kept");
        case StateFate::CarriesOver:
            return with(QCoreApplication::translate("versions", "Carried over"));
        case StateFate::StartsAnew:
            if (forecast.isNew()) return QCoreApplication::translate("versions", "New, begins empty");
            return with(QCoreApplication::translate("versions", "Lost"));
        case StateFate::Cannot:
            return with(QCoreApplication::translate("versions", "Can't resume"));
        case StateFate::NoState:
            break;
    }
    return {};
}

void tellFates(VersionDifference& difference, const Forecast& forecast) {
    const auto tell = [&forecast](DifferencePicture::Card& card) {
        const auto found = forecast.nodes.find(card.node.id);
        const bool gone = card.mark == DifferencePicture::Mark::Removed;
        if (found == forecast.nodes.end() || found->second.gone != gone) return;
        card.fate = shownFate(found->second);
        card.fateWords = fateWords(found->second);
    };
    for (DifferencePicture* picture : {&difference.both, &difference.after}) {
        for (DifferencePicture::Card& card : picture->cards) tell(card);
    }
    for (DifferencePicture::Card& card : difference.before.cards) {
        if (card.mark == DifferencePicture::Mark::Removed) tell(card);
    }
}

}  // namespace rw::ui
