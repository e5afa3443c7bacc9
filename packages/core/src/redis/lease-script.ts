/**
 * Lends permits of one account's window, in one step.
 *
 * KEYS: the window (a hash), the processes that asked (a sorted set, by time).
 * ARGV: process, want, limit (0: not told), remaining, endsIn, over (number of a window that has turned), blockedFor.
 * Returns granted (-1: no limit known), window, endsIn, retryIn. Times are ms by the clock of the Redis server alone.
 *
 * A window's end is a guess until a process has learned it from the API's answers; every told end is late, never early, so the
 * earliest is the best. Each process gets at most its equal part of the limit (but no fewer than 20, to ask seldom); what others
 * leave is for those that ask again in the second half of the window.
 */
export const leaseScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local process, want, told, toldLeft = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local toldEnd, over, blockedFor = now + tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local saved = redis.call('HMGET', KEYS[1], 'limit', 'left', 'endsAt', 'window', 'startedAt', 'before', 'guessed')
local limit, left, endsAt, window = tonumber(saved[1]), tonumber(saved[2]), tonumber(saved[3]), tonumber(saved[4])
local startedAt, before, guessed = tonumber(saved[5]), tonumber(saved[6]), saved[7] == '1'

local function begin(newLeft, newEnd, guess)
  before = startedAt or now
  startedAt, left, endsAt, guessed = now, newLeft, newEnd, guess
  -- Never the number of a window that was forgotten.
  window = math.max((window or 0) + 1, over + 1)
end

redis.call('ZADD', KEYS[2], now, process)
redis.call('PEXPIRE', KEYS[2], 600000)
if told > 0 then
  if not limit then
    -- Each of the others may have the eight calls of its slow start under way.
    toldLeft = math.max(0, toldLeft - 8 * (redis.call('ZCARD', KEYS[2]) - 1))
  end
  if not limit or now >= endsAt or over == window or (not guessed and toldEnd > endsAt + 2500) then
    begin(toldLeft, toldEnd, false)
  else
    left = math.min(left, toldLeft)
    endsAt = guessed and toldEnd or math.min(endsAt, toldEnd)
    guessed = false
  end
  limit = told
elseif limit and (now >= endsAt or over == window) then
  begin(limit, now + 61000, true)
end
if not limit then return { -1, 0, 0, 0 } end
if blockedFor > 0 then
  left = 0
  endsAt = guessed and now + blockedFor or math.max(endsAt, now + blockedFor)
  guessed = false
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', before - 1)
local share = math.max(20, math.ceil(limit / redis.call('ZCARD', KEYS[2])))
local granted = math.min(want, left, share)
left = left - granted
local endsIn, retryIn = endsAt - now, 0
if left == 0 then retryIn = endsIn
elseif granted == share and granted < want then retryIn = math.max(0, startedAt + (endsAt - startedAt) / 2 - now) end

redis.call('HSET', KEYS[1], 'limit', limit, 'left', left, 'endsAt', endsAt, 'window', window, 'startedAt', startedAt,
  'before', before, 'guessed', guessed and '1' or '0')
redis.call('PEXPIRE', KEYS[1], 600000)
return { granted, window, math.ceil(endsIn), math.ceil(retryIn) }
`;
