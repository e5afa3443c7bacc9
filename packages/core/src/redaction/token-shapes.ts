// Made by scripts/token-shapes.mjs from @secretlint/secretlint-rule-preset-recommend@13.1.0; don't edit. Most of it is
// that package's, under this licence:
//
// Copyright (c) 2020 azu
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.

/** How well-known tokens look. */
export const TOKEN_SHAPES =
    /(?<![\w-](?<!%[\dA-Fa-f]{2}|\\[nrt]))(?:(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}(?![\w-])|npm_\w{36}(?![\w-])|(?:xoxb|xoxp|xapp|xoxa|xoxo|xoxr)-[\w-]{16,}|sk-ant-api0\d-[\w-]{16,}|gsk_[a-zA-Z0-9]{52}(?![\w-])|hf_[a-zA-Z]{34}(?![\w-])|lin_api_[\w-]{16,}|ntn_\d{11}[A-Za-z0-9]{35}(?![\w-])|(?:shppa|shpca|shpat|shpss)_[\w-]{16,}|(?:sk_live|sk_test|rk_live|rk_test)_[\w-]{16,}|(?:ghp|gho|ghu|ghs|ghr)_[\w-]{16,}|(?:github_pat)_[\w-]{16,}|glpat-[\w-]{16,}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}(?![\w-])|(?:vcp|vci|vca|vcr|vck)_[A-Za-z0-9]{20,60}(?![\w-])|dapi[A-Fa-f0-9]{32}(?:-\d)?(?![\w-])|dckr_pat_[\w-]{16,}|figd_[\w-]{16,}|tskey-[\w-]{16,}|eyJ[\w-]{8,}(?:\.[\w-]*){2,4}|sk-(?:proj-|svcacct-|admin-)?(?=[\w-]{0,40}\d)[\w-]{20,}|(?:AIza|GOCSPX-)[\w-]{24,}|ya29\.[\w.-]{16,}|SG\.[\w-]{16,}\.[\w-]{16,}|pat-(?:na|eu)\d-[\da-f-]{24,}|nango_(?:connect_session|sbx_v1)_[\w.-]+)/g;
