// Whether a join has found what it looks for: of one that never does something is amiss with its condition.
#pragma once

namespace rw {

/// An operator that makes pairs of rows of two inputs. For the task of the operator.
class FindsPairs {
 public:
    virtual ~FindsPairs() = default;
    /// It has had a pair, or may have had one before the checkpoint that it resumed from. Of a join that
    /// tries its rows later: also while it has tried none.
    virtual bool hasPair() const = 0;
    /// What it had before the checkpoint is known elsewhere.
    virtual void forgetPairs() = 0;
};

}  // namespace rw
