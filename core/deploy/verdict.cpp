#include "core/deploy/verdict.h"

#include <algorithm>

namespace rw {

Text verdictText(Verdict verdict) {
    switch (verdict) {
        case Verdict::Exact:
            return RW_TEXT("deploy", "exact");
        case Verdict::Equivalent:
            return RW_TEXT("deploy", "equivalent");
        case Verdict::Approximated:
            return RW_TEXT("deploy", "approximated");
        case Verdict::Refused:
            break;
    }
    return RW_TEXT("deploy", "refused");
}

std::string_view verdictName(Verdict verdict) {
    return verdictText(verdict).key;
}

bool Remark::operator==(const Remark& other) const {
    return verdict == other.verdict && what == other.what && condition == other.condition &&
           fix == other.fix && param == other.param && item == other.item && position == other.position &&
           length == other.length && quickFixes == other.quickFixes;
}

Verdict NodeVerdict::verdict() const {
    Verdict worst = Verdict::Exact;
    for (const Remark& remark : findings) worst = std::max(worst, remark.verdict);
    return worst;
}

}  // namespace rw
